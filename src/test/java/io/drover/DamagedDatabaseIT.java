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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose database is damaged ends at once, says so and what to do, and changes nothing. */
@Tag("matrix")
class DamagedDatabaseIT {
    @TempDir
    Path directory;

    @Test
    void theStartEndsWithTwoSentences() throws Exception {
        var home = directory.resolve("home");
        var file = Files.write(Files.createDirectories(home.resolve("db")).resolve("drover.mv.db"), new byte[50_000]);
        var backups = Files.createDirectories(directory.resolve("elsewhere"));
        var backup = Files.createFile(backups.resolve("drover-20260506T070809Z.zip"));

        var said = start("--drover.home=" + home, "--drover.backup.directory=" + backups);

        assertThat(said)
                .contains("The database " + file + " is damaged: ")
                .contains("put back the newest backup: unzip -o " + backup + " -d " + home.resolve("db"))
                .doesNotContain("\tat ");
        assertThat(Files.readAllBytes(file)).isEqualTo(new byte[50_000]);
    }

    private String start(String... arguments) throws IOException, InterruptedException {
        var classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new java.util.ArrayList<>(List.of(
                java,
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                DroverApplication.class.getName(),
                "--server.port=0"));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(1);
        return said;
    }
}
