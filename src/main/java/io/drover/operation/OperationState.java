package io.drover.operation;

/** How far an operation has got. */
public enum OperationState {
    /** Accepted; none of its actions has started. */
    QUEUED,
    /** Under way. */
    RUNNING,
    /** Held up: until a retry is due, by an incident that an operator must look at, or by a task for a person. */
    WAITING,
    SUCCEEDED,
    FAILED,
    CANCELLED;

    /** Whether nothing more will happen. */
    public boolean ended() {
        return this == SUCCEEDED || this == FAILED || this == CANCELLED;
    }
}
