package io.drover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the README's lines as they are printed, but for the port, against a server whose working directory is new. */
class ReadmeIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Pattern BLOCK = Pattern.compile("<!-- run -->\n```bash\n(.*?)```\n", Pattern.DOTALL);
    private static final String ANSWER = "=== next block";

    @TempDir
    private Path directory;

    private @Nullable Process server;

    @AfterEach
    void stopServer() throws InterruptedException {
        var running = server;
        if (running != null) {
            running.destroy();
            if (!running.waitFor(30, TimeUnit.SECONDS)) {
                running.destroyForcibly().waitFor();
            }
        }
    }

    @Test
    void theLinesOfTheReadmeDeployStopAndDeleteAVm() throws Exception {
        assumeTrue(has("bash") && has("curl"), "bash and curl are needed to run the README's lines");
        int port = freePort();
        start(port);

        var answers = List.of(run(script(port)).split(ANSWER + "\n"));

        assertThat(answers).hasSize(6);
        assertThat(answers.get(0)).contains("\"name\":\"admin\"", "\"role\":\"Admin\"");
        assertThat(answers.get(1)).contains("\"verb\":\"deploy\"", "\"vmName\":\"web-1\"");
        assertThat(answers.get(2)).contains("\"state\":\"SUCCEEDED\"");
        assertThat(answers.get(3))
                .contains("\"state\":\"Running\"", "\"mac\":\"02:5d:", "\"simulator_id\":\"sim-", "\"name\":\"sim-1\"");
        assertThat(answers.get(4)).contains("\"wireVerb\":\"create\"", "\"exitCode\":0", "\"vncPassword\":\"******\"");
        assertThat(answers.get(5)).contains("\"state\":\"Stopped\"", "\"verb\":\"delete\"", "/problems/vm-not-found");
    }

    private static String script(int port) throws IOException {
        return BLOCK.matcher(Files.readString(Path.of("README.md")))
                .results()
                .map(block -> block.group(1).replace("localhost:8080", "localhost:" + port))
                .collect(Collectors.joining("echo '" + ANSWER + "'\n"));
    }

    private String run(String script) throws IOException, InterruptedException {
        var output = directory.resolve("answers");
        var bash = new ProcessBuilder("bash", "-c", script)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = bash.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        bash.destroyForcibly();
        assertThat(ended)
                .as("The README's lines have ended; they printed\n%s", Files.readString(output))
                .isTrue();
        return Files.readString(output);
    }

    private void start(int port) throws IOException, InterruptedException {
        var log = directory.resolve("server.log");
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var started = new ProcessBuilder(
                        java, "-cp", classPath(), DroverApplication.class.getName(), "--server.port=" + port)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        server = started;
        run("until curl -sf http://localhost:" + port + "/actuator/health/readiness; do kill -0 " + started.pid()
                + " || break; sleep 1; done");
        assertThat(started.isAlive())
                .as("The server has started; it logged\n%s", Files.readString(log))
                .isTrue();
    }

    /** The server's classes and what they need, without the tests, whose controllers would be found by its scan. */
    private static String classPath() {
        var whole = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Stream.of(whole.split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static boolean has(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
