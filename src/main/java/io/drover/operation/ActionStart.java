package io.drover.operation;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Puts on the record that an action's program is about to be started. */
@Component
class ActionStart {
    private final ActionRepository actions;
    private final OperationRepository operations;
    private final ActionVersions versions;
    private final ActionIntent intent;
    private final Clock clock;

    ActionStart(
            ActionRepository actions,
            OperationRepository operations,
            ActionVersions versions,
            ActionIntent intent,
            Clock clock) {
        this.actions = actions;
        this.operations = operations;
        this.versions = versions;
        this.intent = intent;
        this.clock = clock;
    }

    /**
     * The action as it is to be run, with the files that are there now; not to be run if they must not be. Empty when it is no
     * longer wanted.
     */
    @Transactional
    public Optional<Dispatch> start(Dispatch waited) {
        var now = Instant.now(clock);
        var operation = operations.lock(waited.action().operationId());
        var dispatch = intent.current(waited);
        if (dispatch != waited) {
            versions.found(dispatch.action());
        }
        if (dispatch.request() == null) {
            return Optional.of(dispatch);
        }
        if (operation.state().ended() || !actions.start(dispatch.action(), now)) {
            return Optional.empty();
        }
        operations.running(operation.id(), now);
        return Optional.of(dispatch);
    }
}
