package io.drover.operation;

import java.time.Clock;
import java.time.Instant;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Puts on the record that an action's program is about to be started. */
@Component
class ActionStart {
    private final ActionRepository actions;
    private final OperationRepository operations;
    private final Clock clock;

    ActionStart(ActionRepository actions, OperationRepository operations, Clock clock) {
        this.actions = actions;
        this.operations = operations;
        this.clock = clock;
    }

    /** False when the action is no longer wanted. */
    @Transactional
    public boolean start(Action action) {
        var now = Instant.now(clock);
        var operation = operations.lock(action.operationId());
        if (operation.state().ended() || !actions.start(action, now)) {
            return false;
        }
        operations.running(action.operationId(), now);
        return true;
    }
}
