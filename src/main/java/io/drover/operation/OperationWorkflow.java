package io.drover.operation;

import io.drover.extension.wire.Outcome;
import io.drover.inventory.Vm;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What operations need of the process engine. Every call joins the caller's transaction. */
public interface OperationWorkflow {

    /**
     * Starts the process {@code vm-<verb>} for the operation.
     *
     * @param vm as it was before the operation
     */
    void start(Operation operation, Vm vm);

    /**
     * Lets the process go on from the task that waits for the action.
     *
     * @return false when no task waits for it any more
     * @throws StuckException when the diagram cannot go on from there
     */
    boolean conclude(UUID operationId, Waiter waiter, Conclusion conclusion);

    /** A process cannot go on because of what its diagram says; the message tells what that is. */
    class StuckException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final @Nullable String activity;

        /**
         * With the engine's or Drover's words.
         *
         * @param activity what cannot be done, as people call it; null when that is unknown
         */
        public StuckException(@Nullable String activity, String message, Throwable cause) {
            super(message, cause);
            this.activity = activity;
        }

        /** What cannot be done, as people call it. */
        public @Nullable String activity() {
            return activity;
        }
    }

    /**
     * The task that waits for an action.
     *
     * @param executionId where it waits
     * @param activityInstanceId which visit of the task it is
     */
    record Waiter(String executionId, String activityInstanceId) {}

    /** Whether the operation's process is still there. */
    boolean isAlive(Operation operation);

    /**
     * Raises an incident at the task that waits for the action, because the process could not go on from there; retrying it
     * leads the process on from the same action.
     *
     * @param reason what stood in the way, for the operator
     */
    void block(UUID operationId, Waiter waiter, UUID action, int attempt, String reason);

    /**
     * Makes the operation's incidents and pending retries due now, in the newest version of its diagram if that has the tasks it
     * is at; false when there are none.
     */
    boolean retry(Operation operation);

    /** Ends the operation's process. */
    void cancel(Operation operation, String reason);

    /**
     * How an action ended.
     *
     * @param attempt which attempt of its task it was, from 1
     */
    record Conclusion(UUID actionId, Outcome outcome, int attempt, Way way) {}

    /** How a task goes on when its action has ended. */
    enum Way {
        /** As the outcome says. */
        GO_ON,
        /** It asks again, within the same attempt. */
        REPEAT,
        /** Only a person can decide: an incident. */
        ASK
    }
}
