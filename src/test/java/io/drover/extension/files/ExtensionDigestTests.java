package io.drover.extension.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtensionDigestTests {
    @TempDir
    Path folder;

    private Path script;
    private String before;

    @BeforeEach
    void writeFiles() throws IOException {
        script = Files.writeString(folder.resolve("run.sh"), "#!/bin/sh\n");
        Files.createDirectory(folder.resolve("lib"));
        Files.writeString(folder.resolve("lib/part"), "1");
        before = ExtensionDigest.of(folder);
    }

    @Test
    void staysTheSameWhileTheFilesDo() throws IOException {
        Files.setLastModifiedTime(script, java.nio.file.attribute.FileTime.fromMillis(1));
        assertThat(before).matches("[0-9a-f]{64}").isEqualTo(ExtensionDigest.of(folder));
    }

    @Test
    void isTheSameForACopy(@TempDir Path other) throws IOException {
        Files.createDirectory(other.resolve("lib"));
        Files.writeString(other.resolve("lib/part"), "1");
        Files.writeString(other.resolve("run.sh"), "#!/bin/sh\n");
        assertThat(ExtensionDigest.of(other)).isEqualTo(before);
    }

    @Test
    void changesWithOneByteAtOnce() throws IOException {
        var time = Files.getLastModifiedTime(folder.resolve("lib/part"));
        Files.writeString(folder.resolve("lib/part"), "2");
        Files.setLastModifiedTime(folder.resolve("lib/part"), time);
        assertChanged();
    }

    @Test
    void changesWithTheExecutableBit() throws IOException {
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertChanged();
    }

    @Test
    void changesWithANewFileEvenAHiddenEmptyOne() throws IOException {
        Files.createFile(folder.resolve(".hidden"));
        assertChanged();
    }

    @Test
    void changesWithARename() throws IOException {
        Files.move(folder.resolve("lib/part"), folder.resolve("lib/other"));
        assertChanged();
    }

    @Test
    void changesWithTheTargetOfALinkThatIsNotFollowed() throws IOException {
        Files.createSymbolicLink(folder.resolve("link"), Path.of("run.sh"));
        var linked = ExtensionDigest.of(folder);
        Files.delete(folder.resolve("link"));
        Files.createSymbolicLink(folder.resolve("link"), Path.of("lib/part"));
        assertThat(ExtensionDigest.of(folder)).isNotEqualTo(linked).isNotEqualTo(before);
    }

    @Test
    void tellsAMovedBoundaryBetweenNameAndContentsApart() throws IOException {
        Files.delete(folder.resolve("lib/part"));
        Files.writeString(folder.resolve("lib/par"), "t1");
        assertChanged();
    }

    @Test
    void refusesAFolderOfMoreThanAGibibyte() throws IOException {
        try (var file = new RandomAccessFile(folder.resolve("sparse").toFile(), "rw")) {
            file.setLength((1L << 30) + 1);
        }
        assertThatThrownBy(() -> ExtensionDigest.of(folder)).hasMessageContaining("1 GiB");
    }

    @Test
    void refusesAFolderOfTooManyFiles() throws IOException {
        for (int i = 0; i < FileTree.MOST_FILES; i++) {
            Files.createFile(folder.resolve("f" + i));
        }
        assertThatThrownBy(() -> ExtensionDigest.of(folder)).hasMessageContaining("10000 files");
    }

    @Test
    void failsForAFolderThatIsMissing() {
        assertThatThrownBy(() -> ExtensionDigest.of(folder.resolve("gone"))).isInstanceOf(UncheckedIOException.class);
    }

    private void assertChanged() {
        assertThat(ExtensionDigest.of(folder)).isNotEqualTo(before);
    }
}
