package io.drover.conformance;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run of the kit that somebody asked the server for.
 *
 * @param node the name of the node that it runs on
 * @param requestedBy the account's name
 * @param report what was found; null until it has passed or failed
 * @param error why it was aborted; null unless it was
 */
public record Verification(
        UUID id,
        UUID extensionId,
        String node,
        Thoroughness level,
        State state,
        String requestedBy,
        Instant requestedAt,
        @Nullable Instant endedAt,
        @Nullable Report report,
        @Nullable String error) {

    /** How far it is. */
    public enum State {
        /** Waiting for its turn, or at it. */
        RUNNING,
        PASSED,
        FAILED,
        /** It came to no end: the server was stopped, or the kit itself failed. */
        ABORTED
    }
}
