package io.drover.extension;

import io.drover.extension.manifest.ExtensionManifest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A registered extension.
 *
 * @param directory its folder on this node, absolute; it may have gone since
 * @param entry its executable, absolute; {@link Extensions#readiness} says whether it can be run
 * @param userDefined false for one that came with Drover
 * @param managed whether its files are those of a version that every node unpacks for itself; otherwise each node has a folder
 *     of its own
 * @param digest what identifies the files that nodes run; null until one has seen them
 * @param rollout how often nodes were told to unpack the version anew
 */
public record Extension(
        UUID id,
        String name,
        @Nullable String description,
        Path directory,
        Path entry,
        boolean enabled,
        boolean userDefined,
        ExtensionManifest manifest,
        boolean managed,
        @Nullable String digest,
        long rollout,
        Instant createdAt) {

    static final int LONGEST_DESCRIPTION = 1000;

    /** The executable's path inside the folder, with slashes. */
    public String path() {
        return manifest.entry();
    }
}
