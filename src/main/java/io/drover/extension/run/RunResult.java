package io.drover.extension.run;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * @param exitCode what the program exited with, 128 + n for signal n as a shell tells it; null unless it {@code EXITED}
 * @param failure why the program never started, which of its processes could not be ended, or which limit probably
 *     ended it; null otherwise
 */
public record RunResult(
        Ending ending,
        @Nullable Integer exitCode,
        Output output,
        Output errorOutput,
        Instant startedAt,
        Instant endedAt,
        @Nullable String failure) {

    /** The result of a program that was never started. */
    public static RunResult none(Instant now) {
        return new RunResult(Ending.NOT_STARTED, null, Output.NONE, Output.NONE, now, now, null);
    }

    /** The ways in which a run can end. */
    public enum Ending {
        /** The program ended by itself. */
        EXITED,
        /** It lasted longer than its timeout and was ended with all its descendants. */
        TIMED_OUT,
        /** It was ended because somebody cancelled it. */
        CANCELLED,
        /** It is gone and left no exit code: the machine or its user ended it together with its supervisor. */
        LOST,
        /** The operating system would not start it. */
        NOT_STARTED
    }
}
