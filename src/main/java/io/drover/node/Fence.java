package io.drover.node;

import java.time.Duration;

/**
 * Ends all programs of this node when it has not been put off in time, even if the server hangs or is dead by then. It is what
 * lets others repeat a lost node's work without fear that the first try still goes on.
 */
public interface Fence {

    /**
     * Ends everything after {@code left} unless this is called again before; programs that ignore TERM are killed a
     * {@code grace} later.
     *
     * @return false where there is no such device; then nobody may take over what this node runs
     */
    boolean arm(Duration left, Duration grace);

    /** Ends nothing any more. */
    void disarm();
}
