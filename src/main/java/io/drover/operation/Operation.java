package io.drover.operation;

import io.drover.access.Actor;
import java.time.Instant;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asked of a VM.
 *
 * @param waitingFor what holds it up, in words; null unless {@code WAITING}
 * @param cancelReason why it is being cancelled; null unless it is
 * @param goal the state it ends in once the last of its programs has ended; null before its process has ended
 * @param error why it failed, or what its last attempt failed with while it waits
 * @param businessKey the key that was given where its process was started in the engine, if one was
 * @param call which custom action was asked for; null unless the verb is {@code custom-action}
 */
public record Operation(
        UUID id,
        UUID vmId,
        String verb,
        OperationState state,
        Actor requestedBy,
        Instant requestedAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String waitingFor,
        @Nullable String cancelReason,
        @Nullable OperationState goal,
        @Nullable Failure error,
        @Nullable String processInstanceId,
        @Nullable String businessKey,
        @Nullable CustomActionCall call) {

    /** One that has just been asked for. */
    static Operation queued(UUID id, UUID vm, String verb, Actor actor, Instant now) {
        return new Operation(
                id, vm, verb, OperationState.QUEUED, actor, now, null, null, null, null, null, null, null, null, null);
    }

    /** This one once it has ended well. */
    Operation succeeded(Instant at) {
        var began = startedAt == null ? at : startedAt;
        return new Operation(
                id,
                vmId,
                verb,
                OperationState.SUCCEEDED,
                requestedBy,
                requestedAt,
                began,
                at,
                null,
                cancelReason,
                goal,
                null,
                processInstanceId,
                businessKey,
                call);
    }

    /**
     * Why something failed.
     *
     * @param code stable and machine-readable, e.g. {@code timed-out}
     */
    public record Failure(String code, String message) {
        /** The same with its message put in other words. */
        public Failure told(UnaryOperator<String> words) {
            return new Failure(code, words.apply(message));
        }
    }
}
