package io.drover.extension;

import io.drover.extension.files.ExtensionDigest;
import io.drover.extension.files.FileModes;
import io.drover.extension.manifest.ManifestReader;
import io.drover.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/**
 * Unpacks the extensions the jar carries into the last directory. A copy that nobody changed is replaced when the jar carries
 * another version; a changed one belongs to whoever changed it.
 */
@Component
class BuiltInExtensions {
    private static final Logger LOG = LoggerFactory.getLogger(BuiltInExtensions.class);

    /** Remembers the digest of what was unpacked, one file per folder; also the place to unpack at. */
    private static final String RECORDS = ".built-in";

    private final BuiltInResources resources;
    private final ExtensionDirectories directories;
    private final ManifestReader manifests;

    BuiltInExtensions(BuiltInResources resources, ExtensionDirectories directories, ManifestReader manifests) {
        this.resources = resources;
        this.directories = directories;
        this.manifests = manifests;
    }

    /** Whether an extension in this folder is one of those that the jar carries. */
    boolean has(Path folder) {
        return resources.folders().contains(String.valueOf(folder.getFileName()));
    }

    /** Whether these are the files that were unpacked from this node's jar into this folder. */
    boolean unpacked(Path folder, String digest) {
        try {
            return has(folder)
                    && folder.startsWith(directories.last())
                    && unpackedDigest(directories.last().resolve(RECORDS).resolve(folder.getFileName()))
                            .equals(digest);
        } catch (IOException e) {
            return false;
        }
    }

    /** Brings the unpacked copies up to date; one that cannot be unpacked is logged and the others go on. */
    void unpack() {
        for (var folder : resources.folders()) {
            try {
                unpack(folder);
            } catch (IOException | UncheckedIOException | ProblemException e) {
                LOG.warn("The built-in extension {} cannot be unpacked into {}", folder, directories.last(), e);
            }
        }
    }

    private void unpack(String name) throws IOException {
        var target = directories.last().resolve(name);
        var record = directories.last().resolve(RECORDS).resolve(name);
        boolean missing = !directories.have(name);
        if (!missing && !(Files.isDirectory(target) && Files.exists(record))) {
            return;
        }
        var draft = stage(name);
        try {
            var carried = ExtensionDigest.of(draft);
            if (missing || replaces(target, carried, record)) {
                exchange(draft, target);
                Files.writeString(record, carried + "\n");
                LOG.info("Unpacked the built-in extension {} to {}", name, target);
            }
        } finally {
            FileSystemUtils.deleteRecursively(draft);
        }
    }

    /** Writes the jar's version beside the directory's folders, so that a folder is there complete or not at all. */
    private Path stage(String name) throws IOException {
        var draft = directories.last().resolve(RECORDS).resolve(".new").resolve(name);
        FileSystemUtils.deleteRecursively(draft);
        Files.createDirectories(draft);
        resources.copy(name, draft);
        FileModes.set(draft, null);
        var manifest = manifests.read(draft).manifest();
        FileModes.set(draft, draft.resolve(manifest.entry()));
        return draft;
    }

    private static boolean replaces(Path target, String carried, Path record) throws IOException {
        var unpacked = unpackedDigest(record);
        var present = ExtensionDigest.of(target);
        if (present.equals(carried) || unpacked.equals(carried)) {
            return false;
        }
        if (!present.equals(unpacked)) {
            LOG.warn(
                    "Drover carries another version of the extension in {}, which was changed and is left alone",
                    target);
            return false;
        }
        return true;
    }

    private static String unpackedDigest(Path record) throws IOException {
        try {
            return Files.readString(record).strip();
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    /** Moves instead of overwriting: what still runs from the old folder keeps its files. */
    private static void exchange(Path draft, Path target) throws IOException {
        var old = draft.resolveSibling(draft.getFileName() + ".old");
        FileSystemUtils.deleteRecursively(old);
        if (Files.exists(target)) {
            Files.move(target, old);
        }
        Files.move(draft, target);
        FileSystemUtils.deleteRecursively(old);
    }
}
