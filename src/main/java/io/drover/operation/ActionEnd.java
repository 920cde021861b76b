package io.drover.operation;

import io.drover.extension.run.RunResult;
import io.drover.operation.Operation.Failure;
import org.jspecify.annotations.Nullable;

/**
 * What goes on the record when an action ends; nothing in it is secret but {@code sealedAnswer}, which is encrypted.
 *
 * @param sealedAnswer prepare's patch until it is applied; null for every other verb
 */
record ActionEnd(
        ActionState state,
        RunResult run,
        @Nullable Failure error,
        @Nullable String answer,
        @Nullable String sealedAnswer,
        String output,
        String errorOutput,
        @Nullable String notes) {

    /** The same end without any text that came from the program. */
    ActionEnd withoutTexts() {
        var failure = error == null ? null : new Failure(error.code(), "Its message cannot be recorded");
        return new ActionEnd(state, run, failure, null, null, "", "", "Its texts cannot be recorded");
    }
}
