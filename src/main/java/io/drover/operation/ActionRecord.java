package io.drover.operation;

import io.drover.extension.run.RunResult;
import io.drover.extension.wire.Masking;
import io.drover.extension.wire.Outcome;
import io.drover.extension.wire.Outcome.Cancelled;
import io.drover.extension.wire.Outcome.Refused;
import io.drover.extension.wire.Outcome.Succeeded;
import io.drover.extension.wire.Outcome.Trouble;
import io.drover.operation.Operation.Failure;
import io.drover.text.Cut;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Composes what is put on the record of an action that has ended, without its secrets. */
@Component
class ActionRecord {
    private static final String PREPARE = "prepare";
    private static final int LONGEST_MESSAGE = 1000;

    private final SealedPatches patches;
    private final int recorded;

    ActionRecord(SealedPatches patches, ActionProperties properties) {
        this.patches = patches;
        this.recorded = Math.toIntExact(properties.recordedOutput().toBytes());
    }

    ActionEnd of(Dispatch dispatch, RunResult result, Outcome outcome) {
        var masking = dispatch.masking();
        var output = masking.output(result.output());
        var errorOutput = masking.output(result.errorOutput());
        var said = masked(dispatch, outcome);
        if (said instanceof Succeeded succeeded) {
            var notes = succeeded.notes().isEmpty() ? null : message(masking, String.join("\n", succeeded.notes()));
            return new ActionEnd(
                    ActionState.SUCCEEDED,
                    result,
                    null,
                    answer(masking, outcome),
                    sealed(dispatch, outcome),
                    headAndTail(output),
                    headAndTail(errorOutput),
                    notes);
        }
        return new ActionEnd(
                state(said), result, failure(said), null, null, headAndTail(output), headAndTail(errorOutput), null);
    }

    /** The outcome with its message masked: what a person may be told. A success keeps its body, which stays in memory. */
    Outcome masked(Dispatch dispatch, Outcome outcome) {
        var masking = dispatch.masking();
        if (outcome instanceof Refused refused) {
            return new Refused(refused.code(), message(masking, refused.message()), refused.leftovers());
        }
        if (outcome instanceof Trouble trouble) {
            return new Trouble(trouble.code(), message(masking, trouble.message()));
        }
        return outcome;
    }

    /** Masked before it is cut, so that no part of a secret is left. */
    private static String message(Masking masking, String message) {
        var masked = Cut.clean(Objects.requireNonNull(masking.message(message)));
        return Cut.to(LONGEST_MESSAGE, masked, "more is in the outputs");
    }

    /** Lets secrets be known that are told by one output and may be in the other. */
    void learn(Dispatch dispatch, RunResult result) {
        dispatch.masking().learnFrom(result.output().text());
        dispatch.masking().learnFrom(result.errorOutput().text());
    }

    private @Nullable String answer(Masking masking, Outcome outcome) {
        var body = ((Succeeded) outcome).body();
        return body == null ? null : headAndTail(masking.json(body).toString());
    }

    private @Nullable String sealed(Dispatch dispatch, Outcome outcome) {
        var body = ((Succeeded) outcome).body();
        return body == null || !dispatch.action().verb().equals(PREPARE)
                ? null
                : patches.seal(body, dispatch.masking());
    }

    private String headAndTail(String text) {
        return Cut.middle(recorded, Cut.clean(text), "\n");
    }

    private static ActionState state(Outcome outcome) {
        if (outcome instanceof Refused) {
            return ActionState.REFUSED;
        }
        return outcome instanceof Cancelled ? ActionState.CANCELLED : ActionState.FAILED;
    }

    private static Failure failure(Outcome outcome) {
        if (outcome instanceof Refused refused) {
            return new Failure(refused.code(), refused.message());
        }
        if (outcome instanceof Trouble trouble) {
            return new Failure(trouble.code(), trouble.message());
        }
        return new Failure("cancelled", ((Cancelled) outcome).message());
    }
}
