package io.drover.operation;

import io.drover.extension.Extensions;
import io.drover.extension.action.CustomActions;
import io.drover.extension.wire.Outcome;
import io.drover.extension.wire.Outcome.Refused;
import io.drover.extension.wire.Outcome.Succeeded;
import io.drover.extension.wire.Outcome.Trouble;
import io.drover.operation.OperationWorkflow.Way;
import io.drover.problem.ProblemException;
import org.springframework.stereotype.Component;

/**
 * Decides how a task goes on from an action: usually with its outcome, but what nobody knows the outcome of is asked again
 * where that does no harm, and what only prepared the task is followed by what the task asks.
 */
@Component
class ActionRecovery {
    /** So many times a task's action may get lost before it counts as trouble. */
    private static final int MOST_LOST = 3;

    private final ActionHistory history;
    private final CreateRepair repair;
    private final Extensions extensions;
    private final CustomActions customActions;

    ActionRecovery(ActionHistory history, CreateRepair repair, Extensions extensions, CustomActions customActions) {
        this.history = history;
        this.repair = repair;
        this.extensions = extensions;
        this.customActions = customActions;
    }

    /** How the task goes on from an action that has just been recorded as ended. */
    Way way(Action action, Outcome outcome) {
        if (outcome instanceof Trouble trouble && trouble.code().equals(Trouble.LOST)) {
            if (!isRepeatable(action)) {
                return Way.ASK;
            }
            return history.lostOf(action) <= MOST_LOST ? Way.REPEAT : Way.GO_ON;
        }
        return switch (action.purpose()) {
            case TASK -> outcome instanceof Refused && repair.isWorthALook(action) ? Way.REPEAT : Way.GO_ON;
            case CHECK -> outcome instanceof Succeeded || outcome instanceof Refused ? Way.REPEAT : Way.GO_ON;
            case CLEANUP ->
                outcome instanceof Succeeded || outcome instanceof Refused && !repair.sawVm(action)
                        ? Way.REPEAT
                        : Way.GO_ON;
        };
    }

    private boolean isRepeatable(Action action) {
        try {
            var extension = extensions.get(action.extensionId());
            return extension.manifest().repeats(action.verb())
                    || customActions
                            .find(extension.id(), action.verb())
                            .map(custom -> custom.definition().repeatable())
                            .orElse(false);
        } catch (ProblemException e) {
            return false;
        }
    }
}
