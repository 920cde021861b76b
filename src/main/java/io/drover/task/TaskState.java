package io.drover.task;

/** How far a task for a person has got. */
public enum TaskState {
    /** Somebody is to answer it. */
    OPEN,
    /** Somebody has. */
    ANSWERED,
    /** Nobody need answer any more: something has cut it off, or its operation has ended. */
    WITHDRAWN
}
