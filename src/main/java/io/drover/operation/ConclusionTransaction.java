package io.drover.operation;

import io.drover.extension.wire.Outcome;
import io.drover.extension.wire.Outcome.Cancelled;
import io.drover.operation.OperationWorkflow.Conclusion;
import io.drover.operation.OperationWorkflow.Waiter;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The one transaction in which an action ends: its row, the ledger, and the process that waits for it. The operation's row is
 * locked first, so that the ends of several actions, a cancel and a new intent come one after the other.
 */
@Component
class ConclusionTransaction {
    private final ActionRepository actions;
    private final OperationRepository operations;
    private final OperationProgress progress;
    private final OperationWorkflow workflow;
    private final ActionLedger ledger;
    private final ActionRecovery recovery;
    private final VmGround ground;
    private final HandedSecretRepository secrets;

    ConclusionTransaction(
            ActionRepository actions,
            OperationRepository operations,
            OperationProgress progress,
            OperationWorkflow workflow,
            ActionLedger ledger,
            ActionRecovery recovery,
            VmGround ground,
            HandedSecretRepository secrets) {
        this.actions = actions;
        this.operations = operations;
        this.progress = progress;
        this.workflow = workflow;
        this.ledger = ledger;
        this.recovery = recovery;
        this.ground = ground;
        this.secrets = secrets;
    }

    /** Does nothing when the action has ended already. */
    @Transactional
    public void conclude(Action action, ActionEnd end, Outcome outcome) {
        var operation = operations.lock(action.operationId());
        if (!actions.end(action, end)) {
            return;
        }
        secrets.keep(action, end.handed());
        ledger.ended(operation, action, end);
        ground.moved(action, end.state(), outcome);
        if (operation.state().ended()) {
            return;
        }
        if (operation.goal() != null) {
            progress.ended(operation.id(), operation.goal());
        } else if (operation.cancelReason() != null) {
            workflow.cancel(operation, operation.cancelReason());
        } else if (outcome instanceof Cancelled || !proceeds(action, outcome)) {
            endIfGone(operation);
        }
    }

    /** Ends the action and holds its process up with an incident. */
    @Transactional
    public void block(Action action, ActionEnd end, Outcome outcome, String reason) {
        var operation = operations.lock(action.operationId());
        if (actions.end(action, end)) {
            secrets.keep(action, end.handed());
            ledger.ended(operation, action, end);
            ground.moved(action, end.state(), outcome);
            if (!operation.state().ended()) {
                workflow.block(operation.id(), waiter(action), action.id(), action.attempt(), reason);
            }
        }
    }

    private boolean proceeds(Action action, Outcome outcome) {
        var conclusion = new Conclusion(action.id(), outcome, action.attempt(), recovery.way(action, outcome));
        return workflow.conclude(action.operationId(), waiter(action), conclusion);
    }

    /** No task waited for the action: its task was interrupted and the process went on, or the process is gone. */
    private void endIfGone(Operation operation) {
        if (!workflow.isAlive(operation)) {
            progress.failing(operation.id(), "process-gone", "Its process was removed while its program ran");
            progress.ended(operation.id(), OperationState.CANCELLED);
        }
    }

    private static Waiter waiter(Action action) {
        return new Waiter(action.executionId(), action.activityInstanceId());
    }
}
