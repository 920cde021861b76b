package io.drover.extension;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.extension.manifest.ExtensionManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadinessTests {
    @TempDir
    Path root;

    private Path folder;
    private Path entry;

    @BeforeEach
    void writeScript() throws IOException {
        folder = Files.createDirectories(root.resolve("demo"));
        entry = Files.createDirectory(folder.resolve("bin")).resolve("run");
        Files.writeString(entry, "#!/bin/sh\n");
        Files.setPosixFilePermissions(entry, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void holdsForAnExecutableFile() {
        assertThat(reason()).isNull();
    }

    @Test
    void holdsForALinkInsideTheFolder() throws IOException {
        Files.move(entry, folder.resolve("real"));
        Files.createSymbolicLink(entry, Path.of("../real"));
        assertThat(reason()).isNull();
    }

    @Test
    void namesAFileThatIsNotExecutable() throws IOException {
        Files.setPosixFilePermissions(entry, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(reason()).isEqualTo("bin/run is not executable");
    }

    @Test
    void namesAFileThatIsMissing() throws IOException {
        Files.delete(entry);
        assertThat(reason()).isEqualTo("bin/run is missing");
    }

    @Test
    void namesADirectoryInPlaceOfAFile() throws IOException {
        Files.delete(entry);
        Files.createDirectory(entry);
        assertThat(reason()).isEqualTo("bin/run is not a regular file");
    }

    @Test
    void namesALinkThatLeavesTheFolder() throws IOException {
        Files.move(entry, root.resolve("outside"));
        Files.createSymbolicLink(entry, root.resolve("outside"));
        assertThat(reason()).isEqualTo("bin/run leaves the folder through a symbolic link");
    }

    @Test
    void namesAFolderThatIsMissing() throws IOException {
        Files.move(folder, root.resolve("elsewhere"));
        assertThat(reason()).isEqualTo("the folder demo is missing");
    }

    private @org.jspecify.annotations.Nullable String reason() {
        var extension = new Extension(
                UUID.randomUUID(),
                "demo",
                null,
                folder,
                entry,
                true,
                true,
                ExtensionManifest.bare("demo", null, "bin/run", false),
                false,
                null,
                0,
                Instant.EPOCH);
        return EntryCheck.whyNot(extension);
    }
}
