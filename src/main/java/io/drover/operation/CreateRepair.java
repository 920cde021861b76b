package io.drover.operation;

import io.drover.extension.wire.Outcome.Trouble;
import io.drover.inventory.PowerState;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Keeps a creation whose outcome is unknown from being repeated blindly: status is asked first, then delete, which succeeds for
 * a VM that does not exist (contract 1.4), and only then the VM is created. What is due is read from the VM's actions alone,
 * so it survives whatever happens in between.
 */
@Component
class CreateRepair {
    private static final String DEPLOY = "deploy";
    private static final String DELETE = "delete";

    /** After these the program certainly did nothing. */
    private static final Set<String> WITHOUT_EFFECT =
            Set.of("not-started", "not-run", "not-executable", Trouble.TRY_AGAIN);

    private final ActionHistory history;
    private final PowerAnswer answers;

    CreateRepair(ActionHistory history, PowerAnswer answers) {
        this.history = history;
        this.answers = answers;
    }

    /**
     * What is to be asked of the extension.
     *
     * @param host where; null for the VM's own
     */
    record Due(String verb, ActionPurpose purpose, @Nullable UUID host) {}

    /** What is to be asked now so that the task gets what it wants. */
    Due due(TaskRequest task, UUID vm) {
        if (task.verb().equals(DEPLOY)) {
            var creations = history.creationsOf(vm);
            for (int i = 0; i < creations.size() && !isClear(creations.get(i), creations); i++) {
                var action = creations.get(i);
                if (isUnclear(action)) {
                    return repair(creations.subList(0, i), task.operationId(), action.hostId());
                }
            }
        }
        return new Due(task.verb(), ActionPurpose.TASK, null);
    }

    /** Whether the check of the same operation has seen the VM that a clean-up was refused for. */
    boolean sawVm(Action cleanup) {
        return sawVm(history.creationsOf(cleanup.vmId()), cleanup);
    }

    private Due repair(List<Action> since, UUID operation, @Nullable UUID host) {
        boolean checked = since.stream().anyMatch(action -> isAnsweredCheck(action, operation));
        return checked ? new Due(DELETE, ActionPurpose.CLEANUP, host) : new Due("status", ActionPurpose.CHECK, host);
    }

    /** Whether nothing that was created before the action can be left. */
    private boolean isClear(Action action, List<Action> creations) {
        return switch (action.verb()) {
            case DELETE ->
                action.state() == ActionState.SUCCEEDED
                        || action.purpose() == ActionPurpose.CLEANUP
                                && action.state() == ActionState.REFUSED
                                && !sawVm(creations, action);
            case DEPLOY -> action.state() == ActionState.SUCCEEDED || action.state() == ActionState.REFUSED;
            default -> false;
        };
    }

    private boolean sawVm(List<Action> creations, Action cleanup) {
        return creations.stream()
                .filter(action -> action.requestedAt().isBefore(cleanup.requestedAt()))
                .filter(action -> isAnsweredCheck(action, cleanup.operationId()))
                .findFirst()
                .filter(check -> check.state() == ActionState.SUCCEEDED)
                .map(check -> answers.power(check.answer()) != PowerState.PowerUnknown)
                .orElse(false);
    }

    private static boolean isAnsweredCheck(Action action, UUID operation) {
        return action.purpose() == ActionPurpose.CHECK
                && action.operationId().equals(operation)
                && (action.state() == ActionState.SUCCEEDED || action.state() == ActionState.REFUSED);
    }

    private static boolean isUnclear(Action action) {
        boolean broken = action.state() == ActionState.FAILED || action.state() == ActionState.CANCELLED;
        var error = action.error();
        return action.verb().equals(DEPLOY)
                && broken
                && action.startedAt() != null
                && !(error != null && WITHOUT_EFFECT.contains(error.code()));
    }
}
