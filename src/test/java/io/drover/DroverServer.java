package io.drover;

import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A Drover server in a process of its own, which can be killed. */
final class DroverServer {
    private static final Path STATES = Path.of("target/it-states").toAbsolutePath();
    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");
    private static final Pattern READY = Pattern.compile("Started DroverApplication");

    /** On a machine that is busy with other things. */
    private static final Duration LONGEST_START = Duration.ofMinutes(3);

    private final Process process;
    private final Path home;
    private final Path log;
    private final URI address;
    private final DroverClient admin;

    private DroverServer(Process process, Path home, Path log, URI address) throws IOException {
        this.process = process;
        this.log = log;
        this.home = home;
        var password = Files.readString(home.resolve("initial-admin-password")).strip();
        this.address = address;
        this.admin = DroverClient.basic(address, "admin", password);
    }

    /** Starts a server on this home and waits until it takes requests. */
    static DroverServer start(Path home, String... arguments) throws IOException {
        return startOn(classPath(), home, arguments);
    }

    /** The same with another version of H2. */
    static DroverServer startWith(Path h2, Path home, String... arguments) throws IOException {
        return startOn(h2 + File.pathSeparator + classPath(), home, arguments);
    }

    private static DroverServer startOn(String classPath, Path home, String... arguments) throws IOException {
        Files.createDirectories(home);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Duser.timezone=Asia/Kathmandu",
                "-cp",
                classPath,
                DroverApplication.class.getName(),
                "--drover.home=" + home,
                "--drover.extensions.allowed-directories.state=" + states(home),
                "--server.port=0"));
        command.addAll(Arrays.asList(arguments));
        var log = Files.createTempFile(home, "server-", ".log");
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        await().atMost(LONGEST_START)
                .failFast("The server has ended, see " + log, () -> !process.isAlive())
                .until(() -> READY.matcher(Files.readString(log)).find());
        var port = PORT.matcher(Files.readString(log));
        if (!port.find()) {
            throw new IllegalStateException("No port in " + log);
        }
        return new DroverServer(process, home, log, URI.create("http://localhost:" + port.group(1)));
    }

    URI address() {
        return address;
    }

    DroverClient admin() {
        return admin;
    }

    Inventory inventory() {
        return new Inventory(admin, STATES, home.resolve("extensions"));
    }

    /** Where the Simulator may keep its VMs: in a place for all servers, since each of them may run any VM, and beside the demo. */
    private static String states(Path home) throws IOException {
        try (var homes = Files.list(home.toAbsolutePath().getParent())) {
            return Stream.concat(
                            Stream.of(STATES), homes.filter(Files::isDirectory).map(peer -> peer.resolve("simulator")))
                    .map(Path::toString)
                    .collect(Collectors.joining(","));
        }
    }

    boolean isRunning() {
        return process.isAlive();
    }

    /** The same on a PostgreSQL of the test's. */
    static DroverServer start(Path home, EmbeddedPostgres postgres, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(
                "--spring.datasource.url=" + postgres.getJdbcUrl("postgres", "postgres"),
                "--spring.datasource.username=postgres",
                "--spring.datasource.password=postgres"));
        all.addAll(Arrays.asList(arguments));
        return start(home, all.toArray(String[]::new));
    }

    /** A home for one more server on the database of this one. */
    Path homeOfAPeer() throws IOException {
        var peer = newHome();
        Files.createDirectories(peer.resolve("keys"));
        for (var file : List.of("keys/secrets.key", "initial-admin-password")) {
            Files.copy(home.resolve(file), peer.resolve(file));
        }
        return peer;
    }

    /** What it has written to its log so far. */
    String log() throws IOException {
        return Files.readString(log);
    }

    Path home() {
        return home;
    }

    /** The name that the other servers know it by. */
    String node() throws IOException {
        return Files.readString(home.resolve("node")).strip();
    }

    /** Lets it hang until {@link #resume}. */
    void suspend() throws IOException {
        signal("STOP");
    }

    void resume() throws IOException {
        signal("CONT");
    }

    private void signal(String name) throws IOException {
        end(new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + process.pid()).start());
    }

    /** Ends it without a chance to do anything about it. */
    void kill() {
        end(process.destroyForcibly());
    }

    /** Asks it to end, and waits until it has. */
    void stop() {
        process.destroy();
        end(process);
    }

    private static void end(Process process) {
        try {
            if (!process.waitFor(40, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("The server does not end");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String classPath() {
        var path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(path.split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    static Path newHome() {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target/it")), "server-")
                    .toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
