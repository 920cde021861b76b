package io.drover.extension.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.drover.extension.run.RunResult.Ending;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How runs are ended: with all their processes, and not before they could clean up. */
class RunEndTests extends RunFixture {
    private static final String FOREVER = "while :; do sleep 0.05; done";

    @Test
    void endsAProgramAtItsTimeout() throws IOException {
        var program = script("echo begun; sleep 1000 & wait");

        var result = runner.run(request(program, "start", Duration.ofSeconds(1)))
                .orTimeout(60, TimeUnit.SECONDS)
                .join();

        assertThat(result.ending()).isEqualTo(Ending.TIMED_OUT);
        assertThat(result.exitCode()).isNull();
        assertThat(result.output().text()).isEqualTo("begun\n");
        assertThat(processesOf(id)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sleep 1000 & touch ready; wait",
                "sh -c 'sleep 1000 & touch ready; wait'",
                "setsid sleep 1000 & setsid sh -c 'sleep 1000; :' & touch ready; wait",
                "trap '' TERM; touch ready; " + FOREVER,
                "trap '' TERM INT HUP; (trap '' TERM; touch ready; " + FOREVER + ") & " + FOREVER,
                "(setsid sh -c '(sleep 1000 & touch ready)' &); " + FOREVER,
                "(setsid sh -c '(trap \"\" TERM; touch ready; " + FOREVER + ") &' &); sleep 1000",
                "touch ready; kill -STOP $$; " + FOREVER
            })
    void leavesNoProcessAlive(String body) throws IOException {
        var begun = runner.run(request(script(body)));
        assertThat(begun).isNotDone();
        awaitFile("ready");
        var now = Instant.now(Clock.systemUTC());

        var result = runner(Duration.ofMillis(300))
                .resume(id, now, now)
                .orElseThrow()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();

        assertThat(processesOf(id)).isEmpty();
        assertThat(result.ending()).isEqualTo(Ending.TIMED_OUT);
    }

    @Test
    void letsAProgramThatHandlesTermCleanUp() throws IOException {
        var patient = runner(PATIENCE);
        var run = patient.run(request(script("trap 'sleep 0.2; touch cleaned; exit 0' TERM; touch ready; " + FOREVER)));
        awaitFile("ready");

        patient.cancel(id);

        assertThat(run.orTimeout(30, TimeUnit.SECONDS).join().ending()).isEqualTo(Ending.CANCELLED);
        assertThat(file("cleaned")).exists();
    }

    @Test
    void cancelsARunThatIsUnderWay() throws IOException {
        var run = runner.run(request(script("touch ready; " + FOREVER)));
        awaitFile("ready");

        runner.cancel(id);

        assertThat(run.orTimeout(60, TimeUnit.SECONDS).join().ending()).isEqualTo(Ending.CANCELLED);
        assertThat(processesOf(id)).isEmpty();
    }

    @Test
    void doesNotStartWhatWasCancelledBefore() throws IOException {
        runner.cancel(id);

        var result = runner.run(request(script("touch ../../started"))).join();

        assertThat(result.ending()).isEqualTo(Ending.CANCELLED);
        assertThat(Files.exists(home.resolve("started"))).isFalse();
    }

    @Test
    void takesNoNoticeOfACancelAfterTheEnd() throws IOException {
        var result = run("exit 0");

        runner.cancel(id);

        assertThat(result.ending()).isEqualTo(Ending.EXITED);
    }

    @Test
    void tellsARunLostWhoseSupervisorWasKilledAndEndsTheRest() throws IOException {
        var run = runner.run(request(script("touch ready; " + FOREVER)));
        awaitFile("ready");
        ProcessHandle.of(supervisor()).orElseThrow().destroyForcibly();

        assertThat(run.orTimeout(60, TimeUnit.SECONDS).join().ending()).isEqualTo(Ending.LOST);
        assertThat(processesOf(id)).isEmpty();
    }

    @Test
    void findsAProcessThatHasShedSessionEnvironmentDirectoryFilesAndParent() throws IOException {
        var number = "7100000001";
        var vanish = "(cd / && env -i setsid sleep " + number + " </dev/null >/dev/null 2>&1 &); ";
        var run = runner.run(request(script(vanish + "touch ready; " + FOREVER)));
        awaitFile("ready");

        runner.cancel(id);

        run.orTimeout(60, TimeUnit.SECONDS).join();
        assertThat(new Remains(number, id.toString()).find()).isEmpty();
    }

    @Test
    void marksEveryProcessByANumberOfItsOwn() throws IOException {
        var limits = run("env -i grep 'Max file locks' /proc/self/limits")
                .output()
                .text()
                .strip();

        assertThat(limits.split(" +", -1)).contains(Long.toString(new RunMark(id).number()));
        assertThat(new RunMark(id).number())
                .isBetween(1L << 61, (1L << 62) - 1)
                .isNotEqualTo(new RunMark(UUID.randomUUID()).number());
    }

    @Test
    void endsAProgramThatIsAnotherProcessEveryTimeItIsLookedFor() throws IOException {
        var hop = "setsid \"$0\" hop & [ \"$1\" = hop ] && exit; sleep 1000";
        var program = script("trap '' TERM; touch ready; " + hop);
        var run = runner.run(request(program));
        awaitFile("ready");

        runner.cancel(id);

        assertThat(run.orTimeout(60, TimeUnit.SECONDS).join().failure()).isNull();
        assertThat(processesOf(id)).isEmpty();
    }

    @Test
    void endsManyRunsAtOnce() throws IOException {
        var program = script("trap '' TERM; setsid sleep 1000 & " + FOREVER);
        var ids = Stream.generate(UUID::randomUUID).limit(30).toList();
        var runs = ids.stream()
                .map(action -> runner.run(request(action, program, "start", LONG)))
                .toList();

        ids.forEach(runner::cancel);

        for (var run : runs) {
            assertThat(run.orTimeout(60, TimeUnit.SECONDS).join().ending()).isEqualTo(Ending.CANCELLED);
        }
        assertThat(ids).allMatch(action -> processesOf(action).isEmpty());
    }

    @Test
    void tellsARunLostWhoseFilesAreGone() throws IOException {
        var result = run("rm -rf \"$PWD\"; echo {}; exit 0");

        assertThat(result.ending()).isEqualTo(Ending.LOST);
        assertThat(result.failure()).isEqualTo("the files of its run were deleted while it ran");
    }

    @Test
    void doesNotTakeDeletedOutputForNone() throws IOException {
        assertThat(run("echo {}; rm stdout; exit 0").ending()).isEqualTo(Ending.LOST);
    }

    @Test
    void forgetsWhatIsHardToDelete() throws IOException {
        var result =
                run("d=d; while [ ${#d} -lt 3000 ]; do d=$d/d; done; mkdir -p $d locked/in; chmod 0 locked; mkfifo f");

        runner.forget(id);

        assertThat(result.exitCode()).isZero();
        assertThat(home.resolve("runs")).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"chmod 0 stdout stderr exit pid payload.json", "mkdir -p a/b/c; chmod 0 a/b a .; true"})
    void endsAndForgetsARunThatHasLockedItsFiles(String command) throws IOException {
        var result = run(command);

        assertThat(result.ending()).isIn(Ending.EXITED, Ending.LOST);
        runner.forget(id);
        assertThat(home.resolve("runs")).isEmptyDirectory();
    }

    @Test
    void goesOnWithoutWhatCannotBeDeleted() throws IOException {
        var result = run("touch fixed; chattr +i fixed || exit 9; mkfifo f; exit 0");
        assumeTrue(result.exitCode() == null || result.exitCode() == 0, "files cannot be made immutable here");
        try {
            runner.forget(id);

            assertThat(runDirectory().toFile().list()).containsExactly("fixed");
            id = UUID.randomUUID();
            assertThat(run("exit 3").exitCode()).isEqualTo(3);
            runner.forget(id);
        } finally {
            ShortTool.run(List.of("/bin/sh", "-c", "chattr -i " + home + "/runs/*/fixed"));
        }
        runner(Duration.ofMillis(300)).forgetAllBut(java.util.Set::of);
        org.awaitility.Awaitility.await()
                .untilAsserted(() -> assertThat(home.resolve("runs")).isEmptyDirectory());
    }
}
