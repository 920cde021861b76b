package io.drover.node;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A Drover server that shares this database, or did.
 *
 * @param self whether it is the one that answers
 * @param leaseUntil when others may take over its work unless it gives a sign of life
 * @param stoppedAt when it was stopped in good order; null while it runs and after a crash
 */
public record Node(
        String name,
        State state,
        boolean self,
        Instant startedAt,
        Instant renewedAt,
        Instant leaseUntil,
        @Nullable Instant stoppedAt) {

    /** Whether a node is there, as far as the others can tell. */
    public enum State {
        UP,
        /** Stopped in good order. Its programs go on; what it ran is taken over when it has not returned by the lease's end. */
        STOPPED,
        /** It gives no sign of life. Its programs have been ended, so the others take over. */
        DOWN,
        /**
         * It gives no sign of life and was alone, so its programs may go on. Its work waits until it is back, or until somebody
         * says that it is gone.
         */
        SILENT,
        /** Somebody has said that it is gone. */
        GONE
    }
}
