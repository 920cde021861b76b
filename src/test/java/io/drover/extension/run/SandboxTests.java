package io.drover.extension.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.drover.extension.run.ConfinementProperties.Kind;
import io.drover.extension.run.RunResult.Ending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs in a sandbox of bubblewrap; needs its package and, without root, user namespaces. */
class SandboxTests extends RunFixture {
    private Path program;

    @BeforeEach
    void build() throws IOException {
        Files.createDirectories(home.resolve("extensions/Sample"));
        program = home.resolve("extensions/Sample/program");
        Files.createDirectory(home.resolve("keys"));
        Files.writeString(home.resolve("keys/secrets.key"), "secret");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "nobody")
    void showsTheMachineWithoutSecretsAndReadOnly(@Nullable String user) throws IOException {
        var result = run(user, """
                pwd; cat "$2"; echo
                ls %1$s; ls %1$s/runs | wc -l; ls -A /tmp | grep -v %2$s; touch /tmp/mine && echo tmp
                touch file && echo work; ls /proc | grep -c '^[0-9]'
                touch ../exit /etc/x "${0%%/*}/x" || exit 5
                """.formatted(home, home.subpath(1, 2)));

        assertThat(result.errorOutput().text())
                .contains("../exit", "/etc/x", "Sample/x")
                .doesNotContain("secret");
        var lines = result.output().text().lines().toList();
        assertThat(lines.subList(0, 6))
                .containsExactly(file("work").toString(), "{\"a\":1}", "extensions", "runs", "1", "tmp");
        assertThat(lines.get(6)).isEqualTo("work");
        assertThat(Integer.parseInt(lines.get(7))).isLessThan(8);
        assertThat(result.exitCode()).isEqualTo(5);
    }

    @Test
    void letsItWriteWhereTheSettingSays() throws IOException {
        var state = Files.createDirectory(home.resolve("state"));
        var held = new ConfinementProperties(null, Kind.BWRAP, List.of(state));

        var result = runHeld(held, "echo x >%s/file".formatted(state));

        assertThat(result.exitCode()).isZero();
        assertThat(state.resolve("file")).hasContent("x\n");
    }

    /** Whatever is not kept must not look as if it were. */
    @ParameterizedTest
    @CsvSource({
        ",%s/simulator",
        ",%s/simulator/vms",
        ",%s/extensions/new",
        ",%s/runs/new",
        ",%s",
        ",/dev/new",
        ",/etc/new",
        "nobody,%s/simulator",
        "nobody,%s/simulator/vms",
        "nobody,%s/extensions/new",
        "nobody,%s/runs/new",
        "nobody,%s",
        "nobody,/dev/new",
        "nobody,/etc/new"
    })
    void letsNothingBeWrittenInVain(@Nullable String user, String place) throws IOException {
        var directory = place.formatted(home);

        var result = run(user, "mkdir -p %1$s && echo x >%1$s/file && exit 0; exit 4".formatted(directory));

        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.failure()).contains("drover.runner.sandbox=bwrap", "drover.runner.sandbox-writable");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "nobody")
    void letsItWriteWhereTheServerOffersIt(@Nullable String user) throws IOException {
        var state = Files.createDirectory(home.resolve("simulator"));
        executable("extensions/Sample/program", "#!/bin/sh\necho x >%s/file && echo y >/dev/shm/y".formatted(state));
        var runner = sandboxed(new ConfinementProperties(user, Kind.BWRAP, List.of()), state);

        assertThat(await(runner, program).exitCode()).isZero();
        assertThat(state.resolve("file")).hasContent("x\n");
    }

    @ParameterizedTest
    @CsvSource({"exit 7,7", "kill -9 $$,137"})
    void tellsTheExitCode(String body, int code) throws IOException {
        assertThat(run(null, body).exitCode()).isEqualTo(code);
    }

    @Test
    void tells126And127() throws IOException {
        executable("extensions/Sample/program", "#!/no/such/interpreter\n");
        assertThat(await(sandboxed(null), program).exitCode()).isIn(126, 127);
        id = java.util.UUID.randomUUID();
        Files.writeString(home.resolve("extensions/Sample/plain"), "x");
        assertThat(await(sandboxed(null), home.resolve("extensions/Sample/plain"))
                        .exitCode())
                .isEqualTo(126);
    }

    @Test
    void endsEveryProcessOfATimedOutProgram() throws IOException {
        executable(
                "extensions/Sample/program",
                "#!/bin/sh\n(ulimit -w 5; env -i setsid sleep 7100000003 </dev/null >/dev/null 2>&1 &); trap '' TERM; sleep 1000\n");
        var run = sandboxed(null).run(request(program, "start", Duration.ofSeconds(1)));

        assertThat(run.orTimeout(60, TimeUnit.SECONDS).join().ending()).isEqualTo(Ending.TIMED_OUT);
        assertThat(new Remains("7100000003", id.toString()).find()).isEmpty();
    }

    @Test
    void endsWhatASuccessfulProgramLeavesBehind() throws IOException {
        var result = run(null, "setsid sleep 1000 >/dev/null 2>&1 & exit 0");

        assertThat(result.exitCode()).isZero();
        org.awaitility.Awaitility.await()
                .untilAsserted(() -> assertThat(processesOf(id)).isEmpty());
    }

    @Test
    void refusesAWritablePathThatDoesNotExist() {
        var held = new ConfinementProperties(null, Kind.BWRAP, List.of(home.resolve("none")));
        assumeSandbox();

        assertThatThrownBy(() -> runner(Duration.ZERO, held, RunLimits.NONE))
                .isInstanceOf(RunnerRefusal.class)
                .hasMessageContaining("drover.runner.sandbox-writable has " + home.resolve("none"));
    }

    private RunResult run(@Nullable String user, String body) throws IOException {
        return runHeld(new ConfinementProperties(user, Kind.BWRAP, List.of()), body);
    }

    private RunResult runHeld(ConfinementProperties held, String body) throws IOException {
        executable("extensions/Sample/program", "#!/bin/sh\n" + body + "\n");
        return await(sandboxed(held), program);
    }

    private RunResult await(ExtensionRunner runner, Path program) {
        return runner.run(request(program)).orTimeout(60, TimeUnit.SECONDS).join();
    }

    private ExtensionRunner sandboxed(@Nullable ConfinementProperties held) {
        var properties = held == null ? new ConfinementProperties(null, Kind.BWRAP, List.of()) : held;
        assumeSandbox();
        assumeTrue(properties.user() == null || RunUser.isRoot(), "only root can run programs as another user");
        return runner(Duration.ofMillis(500), properties, RunLimits.NONE);
    }

    private ExtensionRunner sandboxed(ConfinementProperties held, Path offered) throws IOException {
        sandboxed(held);
        return runner(Duration.ofMillis(500), held, RunLimits.NONE, offered);
    }

    private static void assumeSandbox() {
        var bwrap = Path.of("/usr/bin/bwrap");
        assumeTrue(Files.isExecutable(bwrap), "bubblewrap is not installed");
        var tried = ShortTool.run(
                List.of(bwrap.toString(), "--ro-bind", "/", "/", "--unshare-pid", "--proc", "/proc", "true"));
        if (tried.exitCode() != 0) {
            abort("bubblewrap does not work on this machine: " + tried.text());
        }
    }
}
