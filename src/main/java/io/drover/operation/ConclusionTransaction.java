package io.drover.operation;

import io.drover.extension.wire.Outcome;
import io.drover.history.History;
import io.drover.history.Subject;
import io.drover.operation.OperationWorkflow.Conclusion;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The one transaction in which an action ends: its row, the ledger, and the process that waits for it. */
@Component
class ConclusionTransaction {
    private final ActionRepository actions;
    private final OperationRepository operations;
    private final OperationWorkflow workflow;
    private final History history;

    ConclusionTransaction(
            ActionRepository actions, OperationRepository operations, OperationWorkflow workflow, History history) {
        this.actions = actions;
        this.operations = operations;
        this.workflow = workflow;
        this.history = history;
    }

    /** Does nothing when the action has ended already. */
    @Transactional
    public void conclude(Action action, ActionEnd end, Outcome outcome) {
        if (record(action, end)) {
            var conclusion = new Conclusion(action.id(), outcome, action.attempt());
            workflow.conclude(action.operationId(), action.executionId(), conclusion);
        }
    }

    /** Ends the action and holds its process up with an incident. */
    @Transactional
    public void block(Action action, ActionEnd end, String reason) {
        if (record(action, end)) {
            workflow.block(action.operationId(), action.executionId(), action.id(), action.attempt(), reason);
        }
    }

    private boolean record(Action action, ActionEnd end) {
        if (!actions.end(action.id(), end)) {
            return false;
        }
        var operation = operations.find(action.operationId()).orElseThrow();
        history.append(
                operation.requestedBy(),
                "action." + end.state().name().toLowerCase(Locale.ROOT),
                new Subject("vm", action.vmId(), action.vmId().toString()),
                body(action, end));
        return true;
    }

    private static Map<String, Object> body(Action action, ActionEnd end) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("action", action.id());
        body.put("operation", action.operationId());
        body.put("verb", action.verb());
        body.put("attempt", action.attempt());
        body.put("extension", action.extensionName());
        body.put("program", action.program());
        if (action.digest() != null) {
            body.put("digest", action.digest());
        }
        body.put("node", action.node());
        body.put(
                "durationMs",
                Duration.between(end.run().startedAt(), end.run().endedAt()).toMillis());
        if (end.run().exitCode() != null) {
            body.put("exitCode", end.run().exitCode());
        }
        if (end.error() != null) {
            body.put("error", end.error());
        }
        return body;
    }
}
