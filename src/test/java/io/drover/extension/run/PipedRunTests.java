package io.drover.extension.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.extension.run.RunResult.Ending;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Programs that open their own output again by name, as shell scripts do. */
class PipedRunTests extends RunFixture {

    @Test
    void keepsWhatWasWrittenBeforeAStreamIsOpenedAgain() throws IOException {
        var result = runPiped(
                "printf '{\"power_state\":\"PowerOff\"'; printf ',\"x\":1}' >/dev/stdout; echo a >&2; echo b >/dev/stderr",
                Duration.ofSeconds(30));

        assertThat(result.output().text()).isEqualTo("{\"power_state\":\"PowerOff\",\"x\":1}");
        assertThat(result.errorOutput().text()).isEqualTo("a\nb\n");
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void tellsTheExitCodeOfTheProgramAndNotOfThePipe() throws IOException {
        assertThat(runPiped("exit 7", Duration.ofSeconds(30)).exitCode()).isEqualTo(7);
        assertThat(runPiped("kill -9 $$", Duration.ofSeconds(30)).exitCode()).isEqualTo(137);
    }

    @Test
    void endsAllProcessesAfterTheTimeout() throws IOException {
        var result = runPiped("(trap '' TERM; sleep 300) & sleep 300", Duration.ofSeconds(1));

        assertThat(result.ending()).isEqualTo(Ending.TIMED_OUT);
        assertThat(ProcessTree.survivor(id)).isEmpty();
    }

    @Test
    void keepsHeadAndTailOfAFlood() throws IOException {
        var result = runPiped("echo first; head -c 30000000 /dev/zero | tr '\\0' x; echo last", Duration.ofSeconds(60));

        assertThat(result.output().cut()).isTrue();
        assertThat(result.output().text()).startsWith("first\n").endsWith("last\n");
    }

    @Test
    void doesNotWaitForWhatKeepsItsOutputOpen() throws IOException {
        var result = runPiped("sleep 7100000002 & echo left; exit 3", Duration.ofMinutes(10));

        assertThat(result.ending()).isEqualTo(Ending.EXITED);
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.output().text()).isEqualTo("left\n");
        org.awaitility.Awaitility.await().until(() -> processesOf(id).size() == 1);
    }

    @Test
    void keepsTheOutputOfAProgramThatSignalsItsSession() throws IOException {
        var result = runPiped("echo before; kill -TERM 0", Duration.ofSeconds(30));

        assertThat(result.exitCode()).isEqualTo(143);
        assertThat(result.output().text()).isEqualTo("before\n");
    }

    private RunResult runPiped(String body, Duration timeout) throws IOException {
        return run(body, timeout, true);
    }
}
