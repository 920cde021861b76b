package io.drover.extension.web;

import io.drover.extension.manifest.Configuration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An extension as clients see it; {@code path} is relative to {@code directory}, secrets are masked.
 *
 * @param verbs what can be asked of it besides its custom actions
 * @param configuration the details that it knows, by level
 * @param staged the digest of the version that this request brought without making it active; absent in other answers
 */
record ExtensionAnswer(
        UUID id,
        String name,
        @Nullable String description,
        String type,
        String version,
        String path,
        String directory,
        boolean enabled,
        boolean ready,
        @Nullable String notReadyBecause,
        boolean userDefined,
        boolean prepare,
        @Nullable String digest,
        Map<String, String> details,
        List<ClusterAnswer> clusters,
        boolean managed,
        List<NodeAnswer> nodes,
        Set<String> verbs,
        Configuration configuration,
        Set<String> reservedDetails,
        Instant createdAt,
        @Nullable String staged) {

    record ClusterAnswer(UUID id, String name) {}

    /** What a node that is up has found; {@code ready} of the extension is true when all of them are. */
    record NodeAnswer(
            String name,
            boolean ready,
            @Nullable String reason,
            @Nullable String digest,
            Instant checkedAt) {}
}
