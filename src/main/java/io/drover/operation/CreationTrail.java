package io.drover.operation;

import io.drover.inventory.life.Verb;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was last done to create a VM or to remove it.
 *
 * @param actions newest first; all have ended, and all preparations among them may have left something
 */
record CreationTrail(List<Action> actions) {

    /** Where the VM was last tried to be created, or prepared so that something may be left of it. */
    @Nullable
    UUID place() {
        return actions.stream()
                .filter(action -> isPreparation(action) || wasTried(action))
                .findFirst()
                .map(Action::hostId)
                .orElse(null);
    }

    /** Whether the last creation did not succeed. */
    boolean hasFailedCreation() {
        return actions.stream()
                .filter(CreationTrail::isCreation)
                .findFirst()
                .map(creation -> creation.state() != ActionState.SUCCEEDED)
                .orElse(false);
    }

    /** The look that this operation has taken since the last creation. */
    Optional<Action> check(UUID operation) {
        return sinceCreation()
                .filter(action -> isAnsweredCheck(action, operation))
                .findFirst();
    }

    /** The look that was taken in the action's operation before it. */
    Optional<Action> checkBefore(Action later) {
        return actions.stream()
                .filter(action -> action.requestedAt().isBefore(later.requestedAt()))
                .filter(action -> isAnsweredCheck(action, later.operationId()))
                .findFirst();
    }

    /** Whether a task of this operation was refused to delete the VM since the last creation. */
    boolean wasRefusedToDelete(UUID operation) {
        return sinceCreation()
                .anyMatch(action -> isDeletion(action)
                        && action.purpose() == ActionPurpose.TASK
                        && action.state() == ActionState.REFUSED
                        && action.operationId().equals(operation));
    }

    /** Whether something may be there that a preparation has left: nothing was created or deleted since. */
    boolean isLeftByPreparation() {
        return actions.stream().takeWhile(action -> !isDone(action)).anyMatch(CreationTrail::isPreparation);
    }

    /** Whether what is there is what this operation has prepared, and no creation has begun anything since. */
    boolean isPrepared(UUID operation) {
        return actions.stream()
                .takeWhile(action -> !isDone(action) && !mayHaveBegun(action))
                .anyMatch(action -> isPreparationOf(action, operation));
    }

    /** Whether what this operation has prepared was deleted since. */
    boolean isPreparationGone(UUID operation) {
        return actions.stream().anyMatch(action -> isPreparationOf(action, operation))
                && actions.stream()
                        .takeWhile(action -> !isPreparationOf(action, operation))
                        .anyMatch(action -> isDeletion(action) && isDone(action));
    }

    private static boolean isPreparationOf(Action action, UUID operation) {
        return isPreparation(action) && action.operationId().equals(operation);
    }

    private static boolean isDone(Action action) {
        return action.state() == ActionState.SUCCEEDED && (isCreation(action) || isDeletion(action));
    }

    private static boolean mayHaveBegun(Action action) {
        return wasTried(action)
                && (action.error() == null
                        || !CreateRepair.WITHOUT_EFFECT.contains(action.error().code()));
    }

    private Stream<Action> sinceCreation() {
        return actions.stream().takeWhile(action -> !wasTried(action));
    }

    private static boolean wasTried(Action action) {
        return isCreation(action) && action.startedAt() != null;
    }

    static boolean isCreation(Action action) {
        return Verb.of(action.verb()) == Verb.DEPLOY;
    }

    static boolean isPreparation(Action action) {
        return Verb.of(action.verb()) == Verb.PREPARE;
    }

    private static boolean isDeletion(Action action) {
        return Verb.of(action.verb()) == Verb.DELETE;
    }

    private static boolean isAnsweredCheck(Action action, UUID operation) {
        return action.purpose() == ActionPurpose.CHECK
                && action.operationId().equals(operation)
                && (action.state() == ActionState.SUCCEEDED || action.state() == ActionState.REFUSED);
    }
}
