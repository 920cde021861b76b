package io.drover.extension;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamUseTests {

    @TempDir
    Path directory;

    @Test
    void findsAFileThatOpensItsOutputAgain() throws IOException {
        Files.createDirectories(directory.resolve("lib"));
        Files.writeString(directory.resolve("run.sh"), ". lib/log.sh\n");
        Files.writeString(directory.resolve("lib/log.sh"), "echo oh > /dev/stderr\n");

        assertThat(StreamUse.reopens(directory, "digest-of-" + directory)).isTrue();
    }

    @Test
    void findsNothingInAQuietExtension() throws IOException {
        Files.writeString(directory.resolve("run.sh"), "echo oh >&2\n");

        assertThat(StreamUse.reopens(directory, "digest-of-" + directory)).isFalse();
    }

    @Test
    void takesPipesWhereItCannotTell() {
        assertThat(StreamUse.reopens(directory.resolve("missing"), "digest-of-missing-" + directory))
                .isTrue();
        assertThat(StreamUse.reopens(directory, null)).isTrue();
    }
}
