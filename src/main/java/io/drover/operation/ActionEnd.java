package io.drover.operation;

import io.drover.extension.run.RunResult;
import io.drover.extension.run.RunResult.Ending;
import io.drover.operation.Operation.Failure;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * What goes on the record when an action ends; nothing in it is secret but {@code sealedAnswer}, which is encrypted.
 *
 * @param sealedAnswer prepare's patch until it is applied; null for every other verb
 * @param result what a custom action came to, as JSON; null for every other verb
 * @param handed what of its answer is for the person alone who asked, sealed; null when there is nothing
 */
record ActionEnd(
        ActionState state,
        RunResult run,
        @Nullable Failure error,
        @Nullable String answer,
        @Nullable String sealedAnswer,
        String output,
        String errorOutput,
        @Nullable String notes,
        @Nullable String result,
        @Nullable HandedSecret handed) {

    ActionEnd(
            ActionState state,
            RunResult run,
            @Nullable Failure error,
            @Nullable String answer,
            @Nullable String sealedAnswer,
            String output,
            String errorOutput,
            @Nullable String notes) {
        this(state, run, error, answer, sealedAnswer, output, errorOutput, notes, null, null);
    }

    /** The same for a custom action. */
    ActionEnd with(@Nullable String itsResult, @Nullable HandedSecret itsHanded, @Nullable String further) {
        var all = notes == null ? further : further == null ? notes : notes + "\n" + further;
        return new ActionEnd(state, run, error, answer, sealedAnswer, output, errorOutput, all, itsResult, itsHanded);
    }

    /** When its program was started; null when it never was. */
    @Nullable
    OffsetDateTime startedAt() {
        return run.ending() == Ending.NOT_STARTED ? null : run.startedAt().atOffset(ZoneOffset.UTC);
    }

    /** The same end without any text that came from the program. */
    ActionEnd withoutTexts() {
        var failure = error == null ? null : new Failure(error.code(), "Its message cannot be recorded");
        return new ActionEnd(state, run, failure, null, null, "", "", "Its texts cannot be recorded");
    }
}
