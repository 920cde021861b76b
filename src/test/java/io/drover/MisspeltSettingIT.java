package io.drover;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that was started with a misspelt setting ends at once, says so, and leaves nothing. */
@Tag("matrix")
class MisspeltSettingIT {
    @TempDir
    Path directory;

    @Test
    void nothingIsCreated() throws Exception {
        Files.writeString(directory.resolve("application.yaml"), "drover:\n  runer:\n    user: x\n");

        var said = start("--drover.homee=" + directory.resolve("h"));

        assertThat(said)
                .contains("drover.homee", "did you mean drover.home?", "drover.runer.user", "application.yaml")
                .doesNotContain("\tat ");
        try (var left = Files.list(directory)) {
            assertThat(left.map(Path::getFileName).map(Path::toString)).containsExactly("application.yaml");
        }
    }

    private String start(String... arguments) throws IOException, InterruptedException {
        var classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
        var command = Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                classPath,
                                DroverApplication.class.getName(),
                                "--server.port=0"),
                        Stream.of(arguments))
                .toList();
        var process = new ProcessBuilder(List.copyOf(command))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(1);
        return said;
    }
}
