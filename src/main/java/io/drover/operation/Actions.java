package io.drover.operation;

import io.drover.access.Actor;
import io.drover.extension.wire.Outcome;
import io.drover.extension.wire.Outcome.Cancelled;
import io.drover.extension.wire.Outcome.Refused;
import io.drover.extension.wire.Outcome.Succeeded;
import io.drover.extension.wire.Outcome.Trouble;
import io.drover.inventory.Vms;
import io.drover.operation.Operation.Failure;
import io.drover.operation.OperationWorkflow.Conclusion;
import io.drover.page.Page;
import io.drover.page.PageRequest;
import io.drover.problem.ProblemException;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Every run of an extension, wanted, under way and done. */
@Service
public class Actions {
    private final ActionRepository repository;
    private final OperationList lists;
    private final OperationRepository operations;
    private final CallRules calls;
    private final ActionIntent intent;
    private final ActionDispatcher dispatcher;
    private final ActionRecovery recovery;
    private final Vms vms;

    Actions(
            ActionRepository repository,
            OperationList lists,
            OperationRepository operations,
            CallRules calls,
            ActionIntent intent,
            ActionDispatcher dispatcher,
            ActionRecovery recovery,
            Vms vms) {
        this.repository = repository;
        this.lists = lists;
        this.operations = operations;
        this.calls = calls;
        this.intent = intent;
        this.dispatcher = dispatcher;
        this.recovery = recovery;
        this.vms = vms;
    }

    /**
     * Puts an action on the record in the caller's transaction; once that has committed the action is run, and its end is
     * told through {@link OperationWorkflow#conclude}.
     *
     * @throws ProblemException when the VM has no host or no extension
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Intended intend(TaskRequest wished) {
        var operation = operations.lock(wished.operationId());
        if (operation.cancelReason() != null || operation.state().ended()) {
            throw new IllegalStateException("Operation " + operation.id() + " is over: no action is begun for it");
        }
        var task = CustomActionRuns.named(wished, operation);
        return calls.answerWithoutCall(task, operation).orElseGet(() -> begin(task, operation));
    }

    private Intended begin(TaskRequest task, Operation operation) {
        var dispatch = intent.of(task, calls.ask(task, operation), operation);
        boolean begins = dispatcher.afterCommit(dispatch);
        repository.add(dispatch.action(), operation.requestedBy(), begins);
        if (begins) {
            operations.running(operation.id(), dispatch.action().requestedAt());
        }
        return new Intended.Begun(dispatch.action().id());
    }

    /** What became of a task's wish. */
    public sealed interface Intended {

        /** An action is on the record; its end will be told. */
        record Begun(UUID action) implements Intended {}

        /** Nothing needs to be asked: what the task wants is so already. */
        record SoAlready(String why) implements Intended {}

        /** It is not asked, since it might do harm. */
        record Forbidden(String code, String why) implements Intended {}
    }

    /** How an action that has ended came out, read back from its record. */
    public Conclusion conclusionOf(UUID id) {
        var action = repository.find(id).orElseThrow();
        var error = action.error() == null ? new Failure("unknown", "Unknown") : action.error();
        Outcome outcome =
                switch (action.state()) {
                    case SUCCEEDED -> new Succeeded(null, List.of());
                    case REFUSED -> new Refused(error.code(), error.message());
                    case CANCELLED -> new Cancelled(error.message());
                    case FAILED, PENDING, RUNNING -> new Trouble(error.code(), error.message());
                };
        return new Conclusion(id, outcome, action.attempt(), recovery.way(action, outcome));
    }

    /**
     * The action.
     *
     * @throws ProblemException when there is none or the actor does not reach its VM
     */
    public Action get(UUID id, Actor actor) {
        return repository
                .find(id)
                .filter(action -> vms.reaches(actor, action.vmId()))
                .orElseThrow(() -> ProblemException.notFound("action", id));
    }

    /** The actions that match and that the actor reaches, newest first. */
    public Page<Action> list(ActionQuery query, PageRequest page, Actor actor) {
        return lists.actions(query, page, actor);
    }

    /** An operation's actions in the order in which they were wanted. */
    public List<Action> ofOperation(UUID operation) {
        return repository.ofOperation(operation);
    }
}
