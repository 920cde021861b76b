package io.drover.operation;

import io.drover.access.Actor;
import io.drover.history.History;
import io.drover.history.Subject;
import io.drover.operation.Operation.Failure;
import io.drover.problem.ProblemException;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What a person can do to an operation that is under way. */
@Component
class OperationControl {
    private final OperationRepository repository;
    private final ActionInterruption interruption;
    private final OperationWorkflow workflow;
    private final History history;

    OperationControl(
            OperationRepository repository,
            ActionInterruption interruption,
            OperationWorkflow workflow,
            History history) {
        this.repository = repository;
        this.interruption = interruption;
        this.workflow = workflow;
        this.history = history;
    }

    @Transactional
    public void cancel(Operation known, Actor actor) {
        var operation = repository.lock(known.id());
        if (operation.state().ended()) {
            throw ProblemException.conflict(
                    "operation-ended", "Operation " + operation.id() + " has ended already: " + operation.state());
        }
        var reason = "Cancelled by " + actor.name();
        repository.cancelRequested(operation.id(), reason);
        repository.failed(operation.id(), new Failure("cancelled", reason));
        history.append(actor, "operation.cancel-requested", subject(operation), body(operation));
        if (interruption.interrupt(operation.id(), null)) {
            repository.waiting(operation.id(), reason + "; its program is being ended");
        } else {
            workflow.cancel(operation, reason);
        }
    }

    @Transactional
    public void retry(Operation known, Actor actor) {
        var operation = repository.lock(known.id());
        if (operation.state().ended() || operation.cancelReason() != null || !workflow.retry(operation)) {
            throw ProblemException.conflict(
                    "nothing-to-retry",
                    "Operation " + operation.id() + " is " + operation.state()
                            + "; only one that waits for a retry or is held up by an incident can be retried");
        }
        history.append(actor, "operation.retried", subject(operation), body(operation));
    }

    private static Map<String, Object> body(Operation operation) {
        return Map.of("verb", operation.verb(), "vm", operation.vmId());
    }

    static Subject subject(Operation operation) {
        return new Subject("operation", operation.id(), operation.verb());
    }
}
