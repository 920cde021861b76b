package io.drover.extension.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.drover.extension.run.RunResult.Ending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that put something else in the place of their run's files: such a run is lost, ends in time, and harms nothing. */
class ReplacedFilesTests extends RunFixture {
    private static final Instant NEVER = Instant.parse("2126-01-01T00:00:00Z");
    private static final String LOST = "the files of its run were replaced while it ran";

    /** What may stand in a file's place: a shell command that puts it under the name in {@code $f}. */
    private static final List<String> KINDS = List.of(
            "mkfifo $f",
            "mkdir -p $f/in/side",
            "ln -s %1$s/precious $f",
            "ln %1$s/precious $f",
            "ln -s no-such-file $f",
            "ln -s $f $f",
            "mkfifo fifo; ln -s fifo $f",
            "ln -s /dev/zero $f",
            "ln -s /dev/tty $f",
            "ln -s / $f",
            "python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind(\"'$f'\")'",
            "mknod $f c 1 5",
            "mknod $f c 5 0",
            "echo other >$f",
            "truncate -s 1T $f");

    private Path precious;

    @BeforeEach
    void keep() throws IOException {
        precious = Files.writeString(home.resolve("precious"), "precious\n".repeat(20_000));
    }

    static Stream<Arguments> everyFileOfEveryKind() {
        return Stream.of("stdout", "stderr", "exit").flatMap(file -> KINDS.stream()
                .filter(kind -> !file.equals("exit") || !kind.contains("1T"))
                .map(kind -> Arguments.of(file, kind)));
    }

    @ParameterizedTest
    @MethodSource("everyFileOfEveryKind")
    void loseTheirRunAndNothingElse(String file, String kind) throws IOException {
        var result = run(replaces(file, kind) + "echo '{}'; exit 0");

        assertThat(result.ending()).as(result.toString()).isEqualTo(Ending.LOST);
        assertThat(result.failure()).isEqualTo(LOST);
        runner.forget(id);
        assertThat(home.resolve("runs")).isEmptyDirectory();
        assertUnharmed();
    }

    @ParameterizedTest
    @MethodSource("everyFileOfEveryKind")
    void areNoObstacleAfterARestart(String file, String kind) throws IOException {
        var other = UUID.randomUUID();
        runner.run(request(script(replaces(file, kind) + "touch ready; sleep 0.5; exit 0")));
        awaitFile("ready");
        runner.run(request(other, executable("other", "#!/bin/sh\nexit 7\n"), "start", LONG));
        runner.destroy();

        var later = runner(Duration.ofMillis(300));
        var lost = await(later.resume(id, Instant.EPOCH, NEVER).orElseThrow());

        assertThat(await(later.resume(other, Instant.EPOCH, NEVER).orElseThrow())
                        .exitCode())
                .isEqualTo(7);
        assertThat(lost.ending()).as(lost.toString()).isEqualTo(Ending.LOST);
        later.forgetAllBut(java.util.Set::of);
        org.awaitility.Awaitility.await()
                .untilAsserted(() -> assertThat(home.resolve("runs")).isEmptyDirectory());
        assertUnharmed();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"pid", "payload.json", "fenced", "stdout.head", "stdout.tail", "stdout.emptied", "exit.new"})
    void thatAreNoneOfTheAnswerHarmNobodyEither(String file) throws IOException {
        for (var kind : KINDS) {
            id = UUID.randomUUID();
            var result = run(replaces(file, kind) + "head -c 200000 /dev/zero; exit 0");

            assertThat(result.ending()).as(kind).isIn(Ending.EXITED, Ending.LOST);
            runner.forget(id);
            assertThat(runDirectory()).as(kind).doesNotExist();
            assertUnharmed();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pid", "payload.json", "fenced"})
    void thatAreNoneOfTheAnswerAreNoObstacleAfterARestart(String file) throws IOException {
        for (var kind : KINDS) {
            id = UUID.randomUUID();
            var first = runner(Duration.ofMillis(300));
            first.run(request(script(replaces(file, kind) + "touch ready; sleep 0.3; echo x; exit 0")));
            awaitFile("ready");
            first.destroy();

            var result = await(runner(Duration.ofMillis(300))
                    .resume(id, Instant.EPOCH, NEVER)
                    .orElseThrow());

            assertThat(result.ending()).as(kind).isIn(Ending.EXITED, Ending.LOST);
        }
    }

    /** A link, or a directory of its own, in place of the run's: after that the program goes on or ends. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "mv $d $d.moved; ln -s %1$s/folder $d",
                "mv $d $d.moved; ln -s $d.moved $d",
                "mv $d $d.moved; ln -s /no/such $d",
                "mv $d $d.moved; ln -s $d $d",
                "mv $d $d.moved; mkfifo $d",
                "mv $d $d.moved; echo x >$d",
                "mv $d $d.moved; mkdir $d",
                "mv $d $d.moved; cp -r $d.moved $d",
                "mv $d $d.moved",
                "rm -rf $d; ln -s %1$s/folder $d"
            })
    void includesTheDirectoryOfTheRun(String command) throws IOException {
        var folder = Files.createDirectory(home.resolve("folder"));
        for (var name : List.of("stdout", "stderr", "exit", "pid", "payload.json", "kept")) {
            Files.writeString(folder.resolve(name), "0\n");
        }
        var directory = runDirectory();

        var result = run("d=%s; ".formatted(directory) + command.formatted(home) + "; echo {}; exit 0");

        assertThat(result.ending()).as(result.toString()).isEqualTo(Ending.LOST);
        runner.forget(id);
        assertThat(home.resolve("runs")).isEmptyDirectory();
        assertThat(folder.toFile().list()).hasSize(6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mv $d $d.moved", "mv $d $d.moved; ln -s / $d", "rm -rf $d"})
    void keepNobodyFromFollowingAProgramThatGoesOn(String command) throws IOException {
        var release = home.resolve("release");
        var body = "d=%s; %s; touch %s/ready; until [ -e %s ]; do sleep 0.02; done; exit 3"
                .formatted(runDirectory(), command, home, release);
        runner.run(request(script(body)));
        org.awaitility.Awaitility.await().until(() -> Files.exists(home.resolve("ready")));
        runner.destroy();

        var run = runner(Duration.ofMillis(300)).resume(id, Instant.EPOCH, NEVER);

        assertThat(run).as("it is not taken for one that was never started").isPresent();
        assertThat(run.orElseThrow()).isNotDone();
        Files.createFile(release);
        assertThat(await(run.orElseThrow()).ending()).isEqualTo(Ending.LOST);
    }

    @Test
    void doNotKeepOutputsOfOthersFromBeingBounded() throws IOException {
        var flooding = UUID.randomUUID();
        var bad = runner.run(request(script(replaces("stdout", "mkfifo $f") + "sleep 1000")));
        long printed = 100 * BOUND;
        var flood = executable("flood", "#!/bin/sh\nyes | head -c %d; sleep 1000\n".formatted(printed));
        var flooded = runner.run(request(flooding, flood, "start", LONG));
        var output = home.resolve("runs/" + flooding + "/stdout");

        org.awaitility.Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> Files.exists(output) && (long) Files.getAttribute(output, "size") == printed);
        org.awaitility.Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> blocks(output) <= 2 * BOUND);

        runner.cancel(flooding);
        runner.cancel(id);
        assertThat(await(flooded).ending()).isEqualTo(Ending.CANCELLED);
        assertThat(await(bad).ending()).isEqualTo(Ending.CANCELLED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rm -f $e; mkfifo $e", "rm -f $e; ln -s /dev/zero $e", "rm -f $e; echo x >$e", "rm -f $e"})
    void doNotKeepOthersFromReportingTheirEnd(String command) throws IOException {
        List<UUID> lasting = new ArrayList<>();
        run("e=%s; %s; exit 0".formatted(home.resolve("run-ends"), command));
        for (int i = 0; i < 3; i++) {
            id = UUID.randomUUID();
            runner.run(request(executable("lasting" + i, "#!/bin/sh\nsleep 1000\n")));
            lasting.add(id);
            id = UUID.randomUUID();
            assertThat(await(runner.run(request(executable("brief" + i, "#!/bin/sh\nexit 5\n"))))
                            .exitCode())
                    .isEqualTo(5);
        }
        lasting.forEach(runner::cancel);
    }

    private static long blocks(Path file) throws IOException {
        return 512L
                * (long) Long.parseLong(ShortTool.run(List.of("/usr/bin/stat", "-c", "%b", file.toString()))
                        .text());
    }

    private String replaces(String file, String kind) {
        assumeTrue(!kind.startsWith("mknod") || RunUser.isRoot(), "only root can make devices");
        return "f=%s; rm -rf $f; %s || exit 9; ".formatted(file, kind.formatted(home));
    }

    private void assertUnharmed() throws IOException {
        assertThat(precious).isRegularFile().hasSize(180_000);
        assertThat(Files.exists(Path.of("/dev/zero"), LinkOption.NOFOLLOW_LINKS))
                .isTrue();
    }

    private static RunResult await(CompletableFuture<RunResult> run) {
        return run.orTimeout(60, TimeUnit.SECONDS).join();
    }
}
