package io.drover.extension.run;

import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.drover.extension.run.ConfinementProperties.Kind;
import io.drover.extension.run.RunnerProperties.AtShutdown;
import io.drover.home.Home;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** Real programs, written as shell scripts, and runners over one home. */
abstract class RunFixture {
    static final int BOUND = 64 * 1024;
    static final Duration LONG = Duration.ofMinutes(10);
    static final Duration PATIENCE = Duration.ofSeconds(60);

    UUID id = UUID.randomUUID();
    private final List<ExtensionRunner> runners = new ArrayList<>();

    @TempDir
    Path home;

    ExtensionRunner runner;

    @BeforeEach
    void begin() throws IOException {
        Files.createDirectories(home.resolve("runs"));
        runner = runner(Duration.ofMillis(500));
    }

    @AfterEach
    void end() {
        runners.forEach(ExtensionRunner::destroy);
        processesOf(id).forEach(ProcessHandle::destroyForcibly);
    }

    ExtensionRunner runner(Duration grace) {
        return runner(grace, new ConfinementProperties(null, Kind.NONE, List.of()), RunLimits.NONE);
    }

    ExtensionRunner runner(Duration grace, ConfinementProperties held, RunLimits limits) {
        return runner(grace, held, limits, AtShutdown.GO_ON);
    }

    /** @param offered a directory in the home that programs may write to */
    ExtensionRunner runner(Duration grace, ConfinementProperties held, RunLimits limits, Path offered) {
        var confinement = confinement(held, limits);
        new KeptDirectories(confinement).offer(offered);
        return runner(grace, confinement, AtShutdown.GO_ON);
    }

    ExtensionRunner runner(Duration grace, ConfinementProperties held, RunLimits limits, AtShutdown atShutdown) {
        return runner(grace, confinement(held, limits), atShutdown);
    }

    private Confinement confinement(ConfinementProperties held, RunLimits limits) {
        return new Confinement(held, limits, directories());
    }

    private ExtensionRunner runner(Duration grace, Confinement confinement, AtShutdown atShutdown) {
        var properties = new RunnerProperties(
                DataSize.ofBytes(BOUND),
                Duration.ofMillis(5),
                grace,
                "/usr/bin:/bin",
                List.of("TZ", "HOME"),
                Map.of("SITE", "north"),
                atShutdown);
        var made = new ExtensionRunner(properties, confinement, directories(), Clock.systemUTC());
        runners.add(made);
        new TrialRun(confinement, made, directories()).afterSingletonsInstantiated();
        return made;
    }

    Home directories() {
        var directories = mock(Home.class);
        when(directories.root()).thenReturn(home);
        when(directories.directory("runs")).thenReturn(home.resolve("runs"));
        return directories;
    }

    Path script(String body) throws IOException {
        return executable("program", "#!/bin/sh\n" + body + "\n");
    }

    Path executable(String name, String content) throws IOException {
        var file = Files.writeString(home.resolve(name), content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    RunRequest request(Path program) {
        return request(program, "start", LONG);
    }

    RunRequest request(Path program, String verb, Duration timeout) {
        return request(id, program, verb, timeout);
    }

    static RunRequest request(UUID id, Path program, String verb, Duration timeout) {
        var environment = Map.of("DROVER_ATTEMPT", "2", "TRACEPARENT", "00-0-0-01");
        return new RunRequest(
                id, program, verb, "{\"a\":1}".getBytes(StandardCharsets.UTF_8), timeout, false, environment);
    }

    RunResult run(String body) throws IOException {
        return runner.run(request(script(body)))
                .orTimeout(60, java.util.concurrent.TimeUnit.SECONDS)
                .join();
    }

    /** A new run, with pipes or without. */
    RunResult run(String body, Duration timeout, boolean piped) throws IOException {
        id = UUID.randomUUID();
        var payload = "{}".getBytes(StandardCharsets.UTF_8);
        return runner.run(new RunRequest(id, script(body), "start", payload, timeout, piped, Map.of()))
                .orTimeout(90, java.util.concurrent.TimeUnit.SECONDS)
                .join();
    }

    /** A file in the run's directory, which is the program's working directory. */
    Path file(String name) {
        return runDirectory().resolve(name);
    }

    Path runDirectory() {
        return home.resolve("runs").resolve(id.toString());
    }

    /** The process id that the runner wrote down. */
    long supervisor() throws IOException {
        var line = Files.readString(file("pid"));
        return Long.parseLong(line.substring(0, line.indexOf(' ')));
    }

    void awaitFile(String name) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> Files.exists(file(name)));
    }

    /** The processes that carry the action's id and are neither gone nor zombies. */
    static List<ProcessHandle> processesOf(UUID action) {
        return ProcessHandle.allProcesses()
                .filter(process -> carries(process.pid(), action))
                .toList();
    }

    private static boolean carries(long pid, UUID action) {
        try {
            var process = Path.of("/proc", Long.toString(pid));
            return Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1)
                            .contains("DROVER_ACTION_ID=" + action)
                    && !Files.readString(process.resolve("status"), StandardCharsets.ISO_8859_1)
                            .contains("State:\tZ");
        } catch (IOException e) {
            return false;
        }
    }
}
