package io.drover.operation.retention;

import io.drover.database.QuietCompaction;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Has the database's file compacted once a day when nothing runs. */
@Component
class QuietTime {
    private static final Duration PAUSE = Duration.ofDays(1);
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private static final String BUSY = """
            SELECT EXISTS (SELECT 1 FROM action WHERE state IN ('PENDING', 'RUNNING'))
                   OR EXISTS (SELECT 1 FROM operation WHERE ended_at > :since)
                   OR EXISTS (SELECT 1 FROM operation WHERE requested_at > :since)
            """;

    private final CompactionProperties properties;
    private final QuietCompaction compaction;
    private final JdbcClient jdbc;
    private final Clock clock;
    private Instant next;

    QuietTime(CompactionProperties properties, QuietCompaction compaction, JdbcClient jdbc, Clock clock) {
        this.properties = properties;
        this.compaction = compaction;
        this.jdbc = jdbc;
        this.clock = clock;
        this.next = Instant.now(clock).plus(properties.quiet());
    }

    /** Operations that wait for somebody do nothing. */
    void look() {
        var now = Instant.now(clock);
        if (properties.quiet().isZero() || !compaction.isPossible() || now.isBefore(next) || isBusy(now)) {
            return;
        }
        next = now.plus(PAUSE);
        compaction.run(LONGEST);
    }

    private boolean isBusy(Instant now) {
        return jdbc.sql(BUSY)
                .param("since", now.minus(properties.quiet()).atOffset(ZoneOffset.UTC))
                .query(Boolean.class)
                .single();
    }
}
