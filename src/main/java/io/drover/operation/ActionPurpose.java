package io.drover.operation;

/** What an action is for. */
public enum ActionPurpose {
    /** What its task asks. */
    TASK,
    /** Before a creation is repeated whose outcome is unknown: is there a VM? */
    CHECK,
    /** Before a creation is repeated whose outcome is unknown: away with what it has left. */
    CLEANUP
}
