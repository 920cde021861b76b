package io.drover.operation;

/** How far an action has got. */
public enum ActionState {
    /** Wanted; its program has not been started. */
    PENDING,
    RUNNING,
    SUCCEEDED,
    /** The extension said no. */
    REFUSED,
    /** It did not come to an answer: timeout, a program that cannot be run, an unreadable answer. */
    FAILED,
    CANCELLED
}
