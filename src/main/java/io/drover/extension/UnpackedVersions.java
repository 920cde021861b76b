package io.drover.extension;

import io.drover.extension.files.ExtensionDigest;
import io.drover.extension.packaging.PackageArchive;
import io.drover.extension.packaging.PackageProperties;
import io.drover.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;
import org.springframework.util.unit.DataSize;

/** The versions that this node has unpacked, each in a folder of its digest, there complete or not at all. */
@Component
class UnpackedVersions {
    private static final Logger LOG = LoggerFactory.getLogger(UnpackedVersions.class);

    /** What is stored was checked when it came. */
    private static final PackageProperties UNLIMITED = new PackageProperties(DataSize.ofTerabytes(1), 10_000);

    private final VersionRepository versions;
    private final ExtensionFolders folders;
    private final Map<UUID, Long> rollouts = new ConcurrentHashMap<>();

    UnpackedVersions(VersionRepository versions, ExtensionFolders folders) {
        this.versions = versions;
        this.folders = folders;
    }

    /**
     * Unpacks the version that the extension runs unless it is there, and anew when nodes were told to since the last time.
     *
     * @throws IOException when it cannot be unpacked, or the stored version is not what it was
     */
    void require(Extension extension) throws IOException {
        var known = rollouts.putIfAbsent(extension.id(), extension.rollout());
        boolean anew = known != null && known < extension.rollout();
        if (anew || !Files.isDirectory(extension.directory())) {
            unpack(extension.id(), String.valueOf(extension.digest()), anew);
            rollouts.put(extension.id(), extension.rollout());
        }
    }

    /** The folder of a version, unpacked if it was not there. */
    Path require(ExtensionVersion version) throws IOException {
        var folder = folders.ofVersion(version.digest());
        if (!Files.isDirectory(folder)) {
            unpack(version.extensionId(), version.digest(), false);
        }
        return folder;
    }

    /** A new directory beside the unpacked ones; whoever asks for it removes it. */
    Path workspace() throws IOException {
        Files.createDirectories(folders.packages());
        return Files.createDirectory(folders.packages().resolve(".new-" + UUID.randomUUID()));
    }

    /** Removes what is left of unpacking that was cut off; nothing is being unpacked when the server starts. */
    void removeRemains() {
        remove(path -> path.getFileName().toString().startsWith("."));
    }

    /** Removes the folders of versions other than these that have lain there for a day: programs may still read theirs. */
    void removeAllBut(Set<String> digests, Instant now) {
        remove(path -> !digests.contains(path.getFileName().toString())
                && !path.getFileName().toString().startsWith(".")
                && path.toFile().lastModified() < now.minus(Duration.ofDays(1)).toEpochMilli());
    }

    private void remove(Predicate<Path> condition) {
        if (!Files.isDirectory(folders.packages())) {
            return;
        }
        try (var all = Files.list(folders.packages())) {
            for (var path : all.filter(condition).toList()) {
                FileSystemUtils.deleteRecursively(path);
            }
        } catch (IOException e) {
            LOG.warn("What nobody needs cannot be removed from {}", folders.packages(), e);
        }
    }

    private void unpack(UUID extension, String digest, boolean anew) throws IOException {
        var target = folders.ofVersion(digest);
        var workspace = workspace();
        try {
            var draft = Files.createDirectory(workspace.resolve("files"));
            var archive = workspace.resolve("archive");
            versions.saveArchive(extension, digest, archive);
            PackageArchive.unpack(archive, draft, UNLIMITED);
            var unpacked = ExtensionDigest.of(draft);
            if (!unpacked.equals(digest)) {
                throw new IOException("the stored version " + digest + " has the digest " + unpacked);
            }
            if (anew && Files.exists(target)) {
                Files.move(target, workspace.resolve("before"));
            }
            if (!Files.exists(target)) {
                Files.move(draft, target);
                LOG.info("Unpacked version {} of extension {} to {}", digest, extension, target);
            }
        } catch (ProblemException | UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        } finally {
            FileSystemUtils.deleteRecursively(workspace);
        }
    }
}
