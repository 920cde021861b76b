package io.drover.extension.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.extension.run.RunResult.Ending;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a program has printed is all that is kept, whatever ends it: a shell that waits for it has its own words for a signal. */
class SignalledProgramTests extends RunFixture {

    @ParameterizedTest
    @CsvSource({
        "TERM, 143, false", "TERM, 143, true",
        "KILL, 137, false", "KILL, 137, true",
        "USR1, 138, false", "USR1, 138, true",
        "SEGV, 139, false", "SEGV, 139, true",
        "ABRT, 134, false", "ABRT, 134, true",
        "XCPU, 152, false", "XCPU, 152, true"
    })
    void nothingIsAddedToWhatItPrinted(String signal, int code, boolean piped) throws IOException {
        var result = run("ulimit -c 0; echo out; echo err >&2; kill -" + signal + " $$", Duration.ofMinutes(1), piped);

        assertThat(result.exitCode()).isEqualTo(code);
        assertThat(result.output().text()).isEqualTo("out\n");
        assertThat(result.errorOutput().text()).isEqualTo("err\n");
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void nothingIsAddedWhereItsTimeIsOver(boolean piped) throws IOException {
        var result = run("echo err >&2; exec sleep 300", Duration.ofSeconds(1), piped);

        assertThat(result.ending()).isEqualTo(Ending.TIMED_OUT);
        assertThat(result.errorOutput().text()).isEqualTo("err\n");
    }
}
