package io.drover.extension.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.extension.run.ConfinementProperties.Kind;
import io.drover.extension.run.RunResult.Ending;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** What a program may use, and what its result says when it wanted more. */
class RunLimitsTests extends RunFixture {
    private static final ConfinementProperties FREE = new ConfinementProperties(null, Kind.NONE, List.of());

    @Test
    void endsAProgramThatUsesTooMuchProcessorTime() throws IOException {
        var result = run(new RunLimits(Duration.ofSeconds(1), null, null, null), "while :; do :; done");

        assertThat(result.ending()).isEqualTo(Ending.EXITED);
        assertThat(result.exitCode()).isEqualTo(152);
        assertThat(result.failure()).contains("drover.runner.limits.cpu=1s");
    }

    @Test
    void endsAProgramThatTakesNoNoticeOfTheEndOfItsProcessorTime() throws IOException {
        var result = run(new RunLimits(Duration.ofSeconds(1), null, null, null), "trap '' XCPU; while :; do :; done");

        assertThat(result.exitCode()).isEqualTo(137);
        assertThat(result.failure()).contains("drover.runner.limits.cpu=1s");
    }

    @Test
    void endsAProgramThatWritesTooLargeAFile() throws IOException {
        var limits = new RunLimits(null, null, DataSize.ofKilobytes(100), null);

        var result = run(limits, "echo begun; head -c 200000 /dev/zero >large");

        assertThat(result.exitCode()).isEqualTo(153);
        assertThat(result.failure()).contains("drover.runner.limits.file-size=102400B");
        assertThat(result.output().text()).isEqualTo("begun\n");
    }

    @Test
    void doesNotCountWhatAProgramPrintsAsAFile() throws IOException {
        var limits = new RunLimits(null, null, DataSize.ofKilobytes(100), null);

        var result =
                run(limits, "printf HEAD; head -c 2000000 /dev/zero | tr '\\0' x; printf TAIL; echo E >/dev/stderr");

        assertThat(result.exitCode()).isZero();
        assertThat(result.output().bytes()).isEqualTo(2_000_008);
        assertThat(result.output().text()).startsWith("HEAD").endsWith("TAIL");
        assertThat(result.errorOutput().text()).isEqualTo("E\n");
    }

    @Test
    void refusesMemoryBeyondTheLimit() throws IOException {
        var limits = new RunLimits(null, DataSize.ofMegabytes(64), null, null);

        var result = run(limits, "ulimit -v; dd if=/dev/zero of=/dev/null bs=100M count=1 2>&1");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output().text()).startsWith("65536\n");
        assertThat(result.failure()).isNull();
    }

    @Test
    void suspectsTheMemoryLimitWhereAProgramAborts() throws IOException {
        var result = run(new RunLimits(null, DataSize.ofGigabytes(1), null, null), "kill -ABRT $$");

        assertThat(result.failure()).contains("drover.runner.limits.memory=1073741824B");
    }

    @Test
    void saysNothingOfLimitsThatAreNotSet() throws IOException {
        assertThat(run("kill -XCPU $$").failure()).isNull();
        assertThat(RunLimits.NONE.suspect(137)).isNull();
    }

    @Test
    void refusesALimitOfNothing() {
        assertThatThrownBy(() -> new RunLimits(Duration.ofMillis(900), null, null, null))
                .hasMessage("drover.runner.limits.cpu is PT0.9S but must be at least 1s");
        assertThatThrownBy(() -> new RunLimits(null, null, null, 0L))
                .hasMessage("drover.runner.limits.processes is 0 but must be at least 1");
    }

    @Test
    void refusesToCountTheProcessesOfTheServersUser() {
        assertThatThrownBy(() -> runner(Duration.ZERO, FREE, new RunLimits(null, null, null, 10L)))
                .isInstanceOf(RunnerRefusal.class)
                .hasMessageContaining("drover.runner.limits.processes is 10");
    }

    @Test
    void refusesLimitsThatNoProgramCanLiveWith() {
        var limits = new RunLimits(null, DataSize.ofKilobytes(64), null, null);

        assertThatThrownBy(() -> runner(Duration.ZERO, FREE, limits))
                .isInstanceOf(RunnerRefusal.class)
                .hasMessageContaining("--as=65536");
        assertThat(home.resolve("runs")).isEmptyDirectory();
    }

    private RunResult run(RunLimits limits, String body) throws IOException {
        return runner(Duration.ofMillis(500), FREE, limits)
                .run(request(script(body)))
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }
}
