package io.drover.extension.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drover.extension.run.RunResult.Ending;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a program is given and how it starts and ends by itself. */
class ExtensionRunnerTests extends RunFixture {

    @Test
    void givesExactlyThreeArgumentsUnchanged() throws IOException {
        var directory = Files.createDirectory(home.resolve("it's a \"place\" $HOME"));
        var program = executable(
                directory.getFileName() + "/the program",
                "#!/bin/sh\nfor a in \"$0\" \"$@\"; do printf '%s\\0' \"$a\"; done");
        var verb = " list 'all' \"of\" $them * \\n"
                + (System.getProperty("sun.jnu.encoding").equals("UTF-8") ? " ü" : "");

        var result = runner.run(request(program, verb, LONG)).join();

        assertThat(result.output().text().split("\0", 0))
                .containsExactly(program.toString(), verb, file("payload.json").toString(), "600");
    }

    @Test
    void givesThePayloadInAFileThatOnlyTheServerReads() throws IOException {
        assertThat(run("cat \"$2\"").output().text()).isEqualTo("{\"a\":1}");

        assertThat(mode(file("payload.json"))).isEqualTo("rw-------");
        assertThat(mode(runDirectory())).isEqualTo("rwx------");
    }

    @Test
    void givesAnEmptyStandardInput() throws IOException {
        assertThat(run("readlink /proc/$$/fd/0; cat").output().text()).isEqualTo("/dev/null\n");
    }

    @Test
    void showsTheProgramItsAllowedEnvironmentAlone() throws IOException {
        var environment = run("cat /proc/$$/environ").output().text().split("\0", 0);

        Set<String> expected = new TreeSet<>(Set.of(
                "PATH",
                "LANG",
                "LC_ALL",
                "PYTHONDONTWRITEBYTECODE",
                "SITE",
                "DROVER_ACTION_ID",
                "DROVER_ATTEMPT",
                "TRACEPARENT"));
        Stream.of("TZ", "HOME").filter(System.getenv()::containsKey).forEach(expected::add);
        assertThat(environment)
                .extracting(entry -> entry.substring(0, entry.indexOf('=')))
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(environment)
                .contains("DROVER_ACTION_ID=" + id, "DROVER_ATTEMPT=2", "PATH=/usr/bin:/bin", "SITE=north");
    }

    @Test
    void runsTheProgramInItsOwnDirectoryAndSession() throws IOException {
        var told = run("pwd; cut -d' ' -f4 /proc/$$/stat; echo $$; cut -d' ' -f6 /proc/$$/stat")
                .output()
                .text()
                .split("\n", 0);
        assertThat(told[0]).isEqualTo(runDirectory().toString());
        assertThat(told[1]).isEqualTo(Long.toString(supervisor()));
        assertThat(told[3]).isEqualTo(told[2]);
    }

    @Test
    void keepsTheTwoStreamsApart() throws IOException {
        var result = run("echo out; echo err >&2");

        assertThat(result.output()).isEqualTo(new Output("out\n", 4, false));
        assertThat(result.errorOutput()).isEqualTo(new Output("err\n", 4, false));
        assertThat(result.endedAt()).isAfterOrEqualTo(result.startedAt());
    }

    @ParameterizedTest
    @CsvSource({"exit 0,0", "exit 1,1", "exit 3,3", "exit 126,126", "exit 127,127", "exit 255,255", "kill -9 $$,137"})
    void tellsTheExitCode(String body, int code) throws IOException {
        var result = run(body);

        assertThat(result.ending()).isEqualTo(Ending.EXITED);
        assertThat(result.exitCode()).isEqualTo(code);
    }

    @Test
    void runsAProgramWithoutShebangByTheShell() throws IOException {
        var result =
                runner.run(request(executable("bare", "echo \"verb $1\"\n"))).join();

        assertThat(result.exitCode()).isZero();
        assertThat(result.output().text()).isEqualTo("verb start\n");
    }

    @Test
    void tells127WhereTheInterpreterOrTheProgramIsMissing() throws IOException {
        var program = executable("odd", "#!/no/such/interpreter\n");
        assertThat(runner.run(request(program)).join().exitCode()).isIn(126, 127);

        var none = request(UUID.randomUUID(), home.resolve("none"), "start", LONG);
        assertThat(runner.run(none).join().exitCode()).isEqualTo(127);
    }

    @Test
    void tells126WhereTheProgramIsNotExecutable() throws IOException {
        var program = Files.writeString(home.resolve("plain"), "#!/bin/sh\n");

        assertThat(runner.run(request(program)).join().exitCode()).isEqualTo(126);
    }

    @Test
    void doesNotStartWhatTheOperatingSystemCannotTake() throws IOException {
        var result = runner.run(request(script("echo hi"), "a\0b", LONG)).join();

        assertThat(result.ending()).isEqualTo(Ending.NOT_STARTED);
        assertThat(result.failure()).isNotBlank();
    }

    @Test
    void startsAnActionOnlyOnce() throws IOException {
        run("echo once >>../../times");

        var again = runner.run(request(home.resolve("program"))).join();

        assertThat(again.ending()).isEqualTo(Ending.NOT_STARTED);
        assertThat(Files.readString(home.resolve("times"))).isEqualTo("once\n");
    }

    @Test
    void runsManyAtOnce() throws IOException {
        var program = script("echo $DROVER_ACTION_ID");
        var ids = Stream.generate(UUID::randomUUID).limit(50).toList();

        var runs = ids.stream()
                .map(action -> runner.run(request(action, program, "start", LONG)))
                .toList();

        CompletableFuture.allOf(runs.toArray(CompletableFuture[]::new))
                .orTimeout(60, java.util.concurrent.TimeUnit.SECONDS)
                .join();
        assertThat(runs.stream().map(run -> run.join().output().text().strip()))
                .containsExactlyElementsOf(ids.stream().map(UUID::toString).toList());
    }

    @Test
    void leavesADaemonOfASuccessfulProgramAlive() throws IOException {
        var result = run("setsid sleep 1000 >/dev/null 2>&1 & exit 0");

        assertThat(result.ending()).isEqualTo(Ending.EXITED);
        // a process that is just becoming another program has no environment for a moment
        await().untilAsserted(() -> assertThat(processesOf(id)).hasSize(1));
    }

    @Test
    void forgetsEverything() throws IOException {
        run("mkdir -p deep/er; echo x >deep/er/file; ln -s / deep/root");

        runner.forget(id);

        assertThat(home.resolve("runs")).isEmptyDirectory();
        runner.forget(UUID.randomUUID());
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void readsMalformedTextAndNulBytes() throws IOException {
        var output = run("printf '\\377ok\\200\\0end'").output();

        assertThat(output.text()).isEqualTo("\uFFFDok\uFFFD\0end");
        assertThat(output.bytes()).isEqualTo("xok..end".getBytes(StandardCharsets.UTF_8).length);
    }
}
