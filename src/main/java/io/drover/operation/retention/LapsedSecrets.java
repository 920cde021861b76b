package io.drover.operation.retention;

import io.drover.operation.retention.OldRows.Stretch;
import java.time.Clock;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Removes secrets for the person who asked that were not fetched in time. Each node does, which harms nothing. */
@Component
class LapsedSecrets {
    private final OldRows rows;
    private final Clock clock;
    private Instant seen = Instant.EPOCH;

    LapsedSecrets(OldRows rows, Clock clock) {
        this.rows = rows;
        this.clock = clock;
    }

    void remove() {
        var now = Instant.now(clock);
        rows.removeSecrets(new Stretch(seen, now));
        seen = now;
    }
}
