package io.drover.extension.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** How much of what programs print is kept, on disk and in the result. */
class RunOutputTests extends RunFixture {
    private static final long MIB = 1024L * 1024;

    /** The program goes on only when its files are small again, so it ends only if they are kept within bounds. */
    @Test
    void boundsBothStreamsOnDiskWhileTheProgramRuns() throws IOException {
        var result = run("""
                printf HEAD; printf HEAD >&2
                head -c 1048576 /dev/zero | tr '\\0' x >chunk
                for i in 1 2 3 4 5 6 7 8 9 10; do
                  for j in 1 2 3 4 5 6 7 8 9 10; do
                    cat chunk; cat chunk >&2
                    while [ "$(stat -c %b stdout)" -gt 200 ] || [ "$(stat -c %b stderr)" -gt 200 ]; do :; done
                  done
                done
                printf TAIL; printf TAIL >&2
                """);

        assertThat(result.exitCode()).isZero();
        check(result.output());
        check(result.errorOutput());
        assertThat(result.output().bytes()).isEqualTo(100 * MIB + 8);
        assertThat(result.errorOutput().bytes()).isEqualTo(100 * MIB + 8);
    }

    @Test
    void keepsHeadAndTailOfAFlood() throws IOException {
        var result = run("printf HEAD; head -c 104857600 /dev/zero | tr '\\0' x; printf TAIL");

        assertThat(result.exitCode()).isZero();
        check(result.output());
        assertThat(result.output().bytes()).isEqualTo(100 * MIB + 8);
    }

    private static void check(Output output) {
        assertThat(output.cut()).isTrue();
        assertThat(output.text().replaceAll("x+", "x")).matches("HEADx\n\\[\\.\\.\\. \\d+ bytes cut \\.\\.\\.]\nxTAIL");
        assertThat(output.text().length()).isBetween(BOUND, BOUND + 60);
    }
}
