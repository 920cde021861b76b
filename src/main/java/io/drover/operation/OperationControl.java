package io.drover.operation;

import io.drover.access.Actor;
import io.drover.extension.run.ExtensionRunner;
import io.drover.history.History;
import io.drover.history.Subject;
import io.drover.operation.Operation.Failure;
import io.drover.problem.ProblemException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** What a person can do to an operation that is under way. */
@Component
class OperationControl {
    private final OperationRepository repository;
    private final ActionRepository actions;
    private final OperationWorkflow workflow;
    private final ExtensionRunner runner;
    private final History history;
    private final Clock clock;

    OperationControl(
            OperationRepository repository,
            ActionRepository actions,
            OperationWorkflow workflow,
            ExtensionRunner runner,
            History history,
            Clock clock) {
        this.repository = repository;
        this.actions = actions;
        this.workflow = workflow;
        this.runner = runner;
        this.history = history;
        this.clock = clock;
    }

    @Transactional
    public void cancel(Operation operation, Actor actor) {
        if (operation.state().ended()) {
            throw ProblemException.conflict(
                    "operation-ended", "Operation " + operation.id() + " has ended already: " + operation.state());
        }
        var reason = "Cancelled by " + actor.name();
        repository.failed(operation.id(), new Failure("cancelled", reason));
        history.append(actor, "operation.cancel-requested", subject(operation), Map.of("verb", operation.verb()));
        actions.cancelPending(operation.id(), Instant.now(clock));
        var running = running(operation);
        if (running.isEmpty()) {
            workflow.cancel(operation, reason);
        } else {
            repository.waiting(operation.id(), reason + "; its program is being ended");
            endPrograms(running);
        }
    }

    @Transactional
    public void retry(Operation operation, Actor actor) {
        if (operation.state() != OperationState.WAITING || !workflow.retry(operation)) {
            throw ProblemException.conflict(
                    "nothing-to-retry",
                    "Operation " + operation.id() + " is " + operation.state()
                            + "; only one that waits for a retry or is held up by an incident can be retried");
        }
        history.append(actor, "operation.retried", subject(operation), Map.of("verb", operation.verb()));
    }

    private List<UUID> running(Operation operation) {
        return actions.ofOperation(operation.id()).stream()
                .filter(action -> action.state() == ActionState.RUNNING)
                .map(Action::id)
                .toList();
    }

    private void endPrograms(List<UUID> running) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                running.forEach(runner::cancel);
            }
        });
    }

    static Subject subject(Operation operation) {
        return new Subject("operation", operation.id(), operation.verb());
    }
}
