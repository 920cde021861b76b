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
    private final ActionFiles files;
    private final Clock clock;

    ActionStart(
            ActionRepository actions,
            OperationRepository operations,
            ActionVersions versions,
            ActionFiles files,
            Clock clock) {
        this.actions = actions;
        this.operations = operations;
        this.versions = versions;
        this.files = files;
        this.clock = clock;
    }

    /**
     * The action as it is to be run, with the files that are there now; not to be run if they must not be. Empty when it is no
     * longer wanted, or left to another node.
     */
    @Transactional
    public Optional<Dispatch> start(Dispatch waited) {
        var dispatch = files.current(waited);
        var now = Instant.now(clock);
        var operation = operations.lock(waited.action().operationId());
        if (operation.state().ended() || dispatch.elsewhere()) {
            return Optional.empty();
        }
        if (dispatch != waited && !versions.found(dispatch.action())) {
            return Optional.empty();
        }
        if (dispatch.request() != null) {
            if (!actions.start(dispatch.action(), now)) {
                return Optional.empty();
            }
            operations.running(operation.id(), now);
        }
        return Optional.of(dispatch);
    }

    /** Has an action wait again that could not be started here, for this node or another. */
    @Transactional
    public void postpone(Dispatch dispatch) {
        actions.postpone(dispatch.action());
    }
}
