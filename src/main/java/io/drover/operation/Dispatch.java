package io.drover.operation;

import io.drover.extension.run.RunRequest;
import io.drover.extension.wire.Masking;
import io.drover.inventory.life.Priority;
import io.drover.operation.Places.Claim;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An action that is ready to be run.
 *
 * @param request what to run; null when it must not be run, see {@link Action#notRunBecause}
 * @param masking knows the secrets of the payload
 * @param exact whether the extension wants CloudStack's exact reading of answers
 * @param priority its operation's
 * @param elsewhere whether it is left to another node, since this one must not run it
 * @param underWay whether another action of its operation was started before
 * @param messages what is told about a custom action when it has ended; null for every other verb
 */
record Dispatch(
        Action action,
        @Nullable RunRequest request,
        Masking masking,
        boolean exact,
        Priority priority,
        boolean elsewhere,
        boolean underWay,
        @Nullable CustomActionMessages messages) {

    Dispatch(
            Action action,
            @Nullable RunRequest request,
            Masking masking,
            boolean exact,
            Priority priority,
            boolean underWay) {
        this(action, request, masking, exact, priority, false, underWay, null);
    }

    Dispatch(Action action, @Nullable RunRequest request, Masking masking, boolean exact) {
        this(action, request, masking, exact, Priority.of(action.verb()), false);
    }

    /** The same as an action of this operation. */
    Dispatch of(Operation operation) {
        boolean begun = operation.startedAt() != null;
        var turn = Priority.of(operation.verb());
        return new Dispatch(action, request, masking, exact, turn, elsewhere, begun, messages);
    }

    /** The same of a custom action; of another verb without messages. */
    Dispatch telling(@Nullable CustomActionMessages told) {
        return new Dispatch(action, request, masking, exact, priority, elsewhere, underWay, told);
    }

    Dispatch elsewhere(boolean left) {
        return new Dispatch(action, left ? null : request, masking, exact, priority, left, underWay, messages);
    }

    /** The same for an action whose record has changed. */
    Dispatch with(Action changed, @Nullable RunRequest changedRequest) {
        return new Dispatch(changed, changedRequest, masking, exact, priority, elsewhere, underWay, messages);
    }

    /** The place that it needs. */
    Claim claim() {
        return new Claim(priority, action.extensionId(), action.hostId());
    }

    /**
     * The earlier, the sooner it is taken: when it was wanted, plus what its priority costs. What is under way goes before what
     * is new in its class.
     */
    Instant turn() {
        var ahead = underWay ? Priority.PATIENCE.dividedBy(2) : Duration.ZERO;
        return action.requestedAt().plus(priority.delay()).minus(ahead);
    }
}
