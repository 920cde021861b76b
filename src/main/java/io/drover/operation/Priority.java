package io.drover.operation;

import java.time.Duration;
import java.util.Map;

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
    static final Duration PATIENCE = Duration.ofHours(1);

    private static final Map<String, Priority> OF_VERB =
            Map.of("stop", HIGH, "delete", HIGH, "status", LOW, "statuses", LOW);

    /** The priority of operations of this verb. */
    static Priority of(String verb) {
        return OF_VERB.getOrDefault(verb, NORMAL);
    }

    /** How much of a number of places operations of this priority may fill; at least one. */
    int share(int places) {
        return this == LOW ? (int) ((3L * places + 3) / 4) : places;
    }

    /** How long after its request an action's turn is, measured against the most urgent. */
    Duration delay() {
        return PATIENCE.multipliedBy(ordinal());
    }
}
