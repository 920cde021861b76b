package io.drover.inventory.life;

import java.time.Duration;

/**
 * How urgent an operation is, by its verb; all its actions are as urgent as it is. What is less urgent is let pass by what is
 * more urgent, but only by what was wanted within the {@link #PATIENCE} after it.
 */
public enum Priority {
    /** What takes load away or is asked because something is wrong: stop, delete. */
    HIGH,
    /** What changes a VM otherwise. */
    NORMAL,
    /** What only looks: status. It may never fill all places. */
    LOW;

    /** How long an action is passed by the class above its own. */
    public static final Duration PATIENCE = Duration.ofHours(1);

    /** The priority of operations and actions of this verb; a custom action's is normal. */
    public static Priority of(String verb) {
        return Verb.of(verb).priority();
    }

    /** How much of a number of places operations of this priority may fill; at least one. */
    public int share(int places) {
        return this == LOW ? (int) ((3L * places + 3) / 4) : places;
    }

    /** How long after its request an action's turn is, measured against the most urgent. */
    public Duration delay() {
        return PATIENCE.multipliedBy(ordinal());
    }
}
