package io.drover.operation;

import io.drover.extension.run.ExtensionRunner;
import io.drover.node.ThisNode;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Ends actions that nothing waits for any more: those not started never are, and running programs are ended. */
@Component
class ActionInterruption {
    private final ActionRepository actions;
    private final ActionOwnership ownership;
    private final ExtensionRunner runner;
    private final ThisNode node;
    private final Clock clock;

    ActionInterruption(
            ActionRepository actions, ActionOwnership ownership, ExtensionRunner runner, ThisNode node, Clock clock) {
        this.actions = actions;
        this.node = node;
        this.ownership = ownership;
        this.runner = runner;
        this.clock = clock;
    }

    /**
     * Interrupts an operation's unfinished actions once the current transaction has committed; the nodes that run them see
     * it in the database.
     *
     * @param activityInstance the one visit of a task whose actions are meant; null for all
     * @return whether programs are running, whose end is still to come
     */
    boolean interrupt(UUID operation, @Nullable String activityInstance) {
        var unfinished = actions.unfinishedOf(operation).stream()
                .filter(action -> activityInstance == null || activityInstance.equals(action.activityInstanceId()))
                .toList();
        if (unfinished.isEmpty()) {
            return false;
        }
        actions.cancelPending(operation, activityInstance, Instant.now(clock));
        var running = unfinished.stream()
                .filter(action -> action.state() == ActionState.RUNNING)
                .toList();
        ownership.requestCancel(running.stream().map(Action::id).toList(), Instant.now(clock));
        endAfterCommit(running.stream()
                .filter(action -> action.node().equals(node.name()))
                .map(Action::id)
                .toList());
        return !running.isEmpty();
    }

    private void endAfterCommit(List<UUID> running) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                running.forEach(runner::cancel);
            }
        });
    }
}
