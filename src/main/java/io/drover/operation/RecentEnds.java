package io.drover.operation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.springframework.stereotype.Component;

/** When the last actions of this node have ended, to tell how soon others will have. */
@Component
class RecentEnds {
    /** Ends that are longer ago say nothing; nor is anything foretold for longer. */
    static final Duration HORIZON = Duration.ofMinutes(1);

    private static final int MOST = 1000;

    private final Clock clock;
    private final Deque<Instant> ends = new ArrayDeque<>();

    RecentEnds(Clock clock) {
        this.clock = clock;
    }

    synchronized void add() {
        ends.add(Instant.now(clock));
        if (ends.size() > MOST) {
            ends.remove();
        }
    }

    /** In how many seconds so many more will have ended at the recent rate: 1 to 60; 60, too, when none has ended lately. */
    synchronized long secondsUntil(int more) {
        var now = Instant.now(clock);
        while (!ends.isEmpty() && ends.element().isBefore(now.minus(HORIZON))) {
            ends.remove();
        }
        if (ends.isEmpty()) {
            return HORIZON.toSeconds();
        }
        long millis = Math.max(1000, Duration.between(ends.element(), now).toMillis());
        double seconds = Math.ceil(more * (millis / 1000.0) / ends.size());
        return (long) Math.max(1, Math.min(seconds, HORIZON.toSeconds()));
    }
}
