package io.drover.extension.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.extension.run.RunResult.Ending;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
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
}
