package io.drover;

import static org.assertj.core.api.Assertions.assertThat;

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

/** A server as people start it, in a directory that is new, and the lines of pages, run there as they are printed, but for the port. */
final class PageLines implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Pattern BLOCK = Pattern.compile("<!-- run -->\n```bash\n(.*?)```\n", Pattern.DOTALL);
    private static final String ANSWER = "=== next block";

    private final Path directory;
    private final int port;
    private final Process server;

    PageLines(Path directory) throws IOException, InterruptedException {
        this.directory = directory;
        this.port = freePort();
        var log = directory.resolve("server.log");
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        server = new ProcessBuilder(
                        java, "-cp", classPath(), DroverApplication.class.getName(), "--server.port=" + port)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        run("until curl -sf http://localhost:" + port + "/actuator/health/readiness; do kill -0 " + server.pid()
                + " || break; sleep 1; done");
        assertThat(server.isAlive())
                .as("The server has started; it logged\n%s", Files.readString(log))
                .isTrue();
    }

    /** What the lines of each block that is to be run have printed. */
    List<String> answers(Path page) throws IOException, InterruptedException {
        var script = BLOCK.matcher(Files.readString(page))
                .results()
                .map(block -> block.group(1).replace("localhost:8080", "localhost:" + port))
                .collect(Collectors.joining("echo '" + ANSWER + "'\n"));
        return List.of(run(script).split(ANSWER + "\n"));
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
                .as("The lines have ended; they printed\n%s", Files.readString(output))
                .isTrue();
        return Files.readString(output);
    }

    /** The server's classes and what they need, without the tests, whose controllers would be found by its scan. */
    private static String classPath() {
        var whole = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Stream.of(whole.split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath())
                .filter(entry -> !Files.exists(entry.resolve("io/drover/PageLines.class")))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Whether a program is on the PATH. */
    static boolean has(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws InterruptedException {
        server.destroy();
        if (!server.waitFor(30, TimeUnit.SECONDS)) {
            server.destroyForcibly().waitFor();
        }
    }
}
