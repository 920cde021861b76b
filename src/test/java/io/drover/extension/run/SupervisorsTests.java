package io.drover.extension.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.extension.run.RunResult.Ending;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** That one supervisor serves many runs, and that a run does not depend on a certain one. */
class SupervisorsTests extends RunFixture {

    @Test
    void serveOneRunAfterAnother() throws IOException {
        run("exit 3");
        long first = supervisor();
        id = UUID.randomUUID();

        var result = run("echo again; pwd");

        assertThat(supervisor()).isEqualTo(first);
        assertThat(result.output().text()).startsWith("again\n").endsWith(runDirectory() + "\n");
    }

    @Test
    void areNotUsedAgainAfterTheyHadToEndAProgram() throws IOException {
        var forced = runner.run(request(script("sleep 1000"), "start", Duration.ofMillis(200)));
        assertThat(forced.orTimeout(60, TimeUnit.SECONDS).join().ending()).isEqualTo(Ending.TIMED_OUT);
        long first = supervisor();
        id = UUID.randomUUID();

        run("exit 0");

        assertThat(supervisor()).isNotEqualTo(first);
    }

    @Test
    void areReplacedWhenTheyAreKilled() throws IOException {
        run("exit 0");
        var idle = ProcessHandle.of(supervisor()).orElseThrow();
        idle.destroyForcibly();
        idle.onExit().orTimeout(60, TimeUnit.SECONDS).join();
        id = UUID.randomUUID();

        assertThat(run("exit 4").exitCode()).isEqualTo(4);
    }

    @Test
    void tellOfAnEndEvenIfTheirReportIsLost() throws IOException {
        Files.delete(home.resolve("run-ends"));

        var result = run("echo done; exit 5");

        assertThat(result.exitCode()).isEqualTo(5);
        assertThat(result.output().text()).isEqualTo("done\n");
    }
}
