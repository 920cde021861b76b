package io.drover.extension;

import io.drover.extension.files.ExtensionDigest;
import io.drover.extension.packaging.PackageArchive;
import io.drover.extension.packaging.PackageProperties;
import io.drover.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
    private final Map<String, Long> rollouts = new ConcurrentHashMap<>();
    private final Map<String, Object> locks = new ConcurrentHashMap<>();

    UnpackedVersions(VersionRepository versions, ExtensionFolders folders) {
        this.versions = versions;
        this.folders = folders;
    }

    /**
     * Unpacks the version that the extension runs unless it is there, and anew when nodes were told to since the last time and
     * its files are not what they were.
     *
     * @throws IOException when it cannot be unpacked, or the stored version is not what it was
     */
    void require(Extension extension) throws IOException {
        var digest = String.valueOf(extension.digest());
        if (isCurrent(extension, digest)) {
            return;
        }
        synchronized (locks.computeIfAbsent(digest, key -> new Object())) {
            if (!isCurrent(extension, digest)) {
                var folder = folders.ofVersion(digest);
                boolean there = Files.isDirectory(folder);
                if (!there || !ExtensionDigest.of(folder).equals(digest)) {
                    unpack(extension.id(), digest, there);
                }
                rollouts.put(digest, extension.rollout());
                Files.writeString(rollout(digest), Long.toString(extension.rollout()));
            }
        }
    }

    private boolean isCurrent(Extension extension, String digest) throws IOException {
        return Files.isDirectory(folders.ofVersion(digest)) && lastRollout(digest) >= extension.rollout();
    }

    private long lastRollout(String digest) throws IOException {
        var known = rollouts.get(digest);
        if (known != null) {
            return known;
        }
        try {
            return Long.parseLong(Files.readString(rollout(digest)).strip());
        } catch (NoSuchFileException | NumberFormatException e) {
            return 0;
        }
    }

    private Path rollout(String digest) {
        return folders.packages().resolve(digest + ".rollout");
    }

    /** The folder of a version, unpacked if it was not there. */
    Path require(ExtensionVersion version) throws IOException {
        var folder = folders.ofVersion(version.digest());
        synchronized (locks.computeIfAbsent(version.digest(), key -> new Object())) {
            if (!Files.isDirectory(folder)) {
                unpack(version.extensionId(), version.digest(), false);
            }
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
        remove(path -> !digests.contains(digest(path))
                && !path.getFileName().toString().startsWith(".")
                && path.toFile().lastModified() < now.minus(Duration.ofDays(1)).toEpochMilli());
    }

    private static String digest(Path path) {
        return path.getFileName().toString().replace(".rollout", "");
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
        if (versions.find(extension, digest).isEmpty()) {
            throw new IOException("the version " + digest + " is no longer there");
        }
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
