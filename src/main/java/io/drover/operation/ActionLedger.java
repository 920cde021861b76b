package io.drover.operation;

import io.drover.history.History;
import io.drover.history.Subject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Enters the end of every action in the ledger. */
@Component
class ActionLedger {
    private final History history;

    ActionLedger(History history) {
        this.history = history;
    }

    void ended(Operation operation, Action action, ActionEnd end) {
        history.append(
                operation.requestedBy(),
                "action." + end.state().name().toLowerCase(Locale.ROOT),
                new Subject("vm", action.vmId(), action.vmName()),
                body(action, end));
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
