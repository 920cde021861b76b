package io.drover.crash;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A Drover server as it runs in production: the jar, in a JVM of its own, with a home and a port that it keeps. */
final class Node {
    private static final Path JAR = Path.of(System.getProperty("drover.crash.jar", "target/drover.jar"));
    private static final List<String> JVM = Stream.of(
                    System.getProperty("drover.crash.jvm", "").split(" "))
            .filter(option -> !option.isBlank())
            .toList();
    private static final Duration LONGEST_START = Duration.ofMinutes(3);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final Path home;
    private final int port;
    private final Path log;
    private final List<String> command;
    private @Nullable Process process;
    private Instant startedAt = Instant.EPOCH;
    private Duration lastStart = Duration.ofSeconds(10);

    Node(Path home, List<String> arguments) throws IOException {
        this.home = home;
        this.port = freePort();
        this.log = home.resolveSibling(home.getFileName() + ".log");
        this.command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m"));
        command.addAll(JVM);
        command.addAll(
                List.of("-jar", JAR.toAbsolutePath().toString(), "--drover.home=" + home, "--server.port=" + port));
        command.addAll(arguments);
    }

    Path home() {
        return home;
    }

    Path log() {
        return log;
    }

    URI address() {
        return URI.create("http://localhost:" + port);
    }

    /** How long the last start took until it was ready. */
    Duration lastStart() {
        return lastStart;
    }

    void start() throws IOException {
        Files.createDirectories(home.getParent());
        startedAt = Instant.now();
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    void awaitReady() throws InterruptedException {
        while (!answers()) {
            if (!process.isAlive()) {
                throw new IllegalStateException(
                        "The server in " + home + " does not start: exit code " + process.exitValue() + ", see " + log);
            }
            if (startedAt.plus(LONGEST_START).isBefore(Instant.now())) {
                throw new IllegalStateException("The server in " + home + " is not ready, see " + log);
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        lastStart = Duration.between(startedAt, Instant.now());
    }

    /** SIGKILL to the server alone: its programs go on. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Kills the server if it was ever started. */
    void end() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    /** The initial administrator's password, where this node created the account. */
    String password() throws IOException {
        return Files.readString(home.resolve("initial-admin-password")).strip();
    }

    private boolean answers() throws InterruptedException {
        try {
            var request = HttpRequest.newBuilder(address().resolve("/actuator/health/readiness"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
