package io.drover.operation.retention;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.drover.database.QuietCompaction;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.jdbc.JdbcTest;
import org.springframework.jdbc.core.simple.JdbcClient;

/** When the file is compacted. */
@JdbcTest
class QuietTimeTests {
    private static final Instant NOW = Instant.parse("2026-05-06T07:08:09Z");

    @Autowired
    private JdbcClient jdbc;

    private final QuietCompaction compaction = mock(QuietCompaction.class);
    private final Clock clock = mock(Clock.class);

    @ParameterizedTest
    @CsvSource({
        "PT10M, 11, 11,   SUCCEEDED, 1",
        "PT10M, 11, 9,    SUCCEEDED, 0",
        "PT10M, 9,  9,    SUCCEEDED, 0",
        "PT10M, 30, ,     RUNNING,   0",
        "PT10M, 30, ,     PENDING,   0",
        "PT10M, 30, ,     FAILED,    1",
        "PT0S,  30, 30,   SUCCEEDED, 0",
    })
    void whenNothingRuns(Duration quiet, int asked, @Nullable Integer ended, String state, int compacted) {
        when(clock.instant()).thenReturn(NOW.minus(Duration.ofHours(1)));
        when(compaction.isPossible()).thenReturn(true);
        var rows = new RetentionRows(jdbc, NOW);
        var operation = rows.operation(
                rows.vm("Running"), Duration.ofMinutes(asked), ended == null ? null : Duration.ofMinutes(ended));
        rows.action(operation, "status", "TASK", state);
        var time = new QuietTime(new CompactionProperties(quiet), compaction, jdbc, clock);
        when(clock.instant()).thenReturn(NOW);

        time.look();

        verify(compaction, times(compacted)).run(any());
    }
}
