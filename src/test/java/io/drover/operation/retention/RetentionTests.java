package io.drover.operation.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.drover.access.Actor;
import io.drover.history.History;
import io.drover.node.NodeLease;
import io.drover.node.Pulse;
import io.drover.node.ThisNode;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.jdbc.JdbcTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** What is old goes, and what something depends on stays. */
@JdbcTest
@Import({OldRows.class, Turn.class})
class RetentionTests {
    private static final Instant NOW = Instant.parse("2026-05-06T07:08:09.123456Z");

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private OldRows rows;

    @Autowired
    private Turn turn;

    @Autowired
    private PlatformTransactionManager transactions;

    private final History history = mock(History.class);
    private final NodeLease lease = mock(NodeLease.class);
    private RetentionRows old;
    private UUID living;
    private UUID expunged;

    @BeforeEach
    void begin() {
        old = new RetentionRows(jdbc, NOW);
        living = old.vm("Running");
        expunged = old.vm("Expunged");
        when(lease.isHeld()).thenReturn(true);
        jdbc.sql("UPDATE retention SET due_at = CURRENT_TIMESTAMP, node = NULL").update();
    }

    /** Of a VM that is there, how it was created stays, and so does what has not ended, however long ago it was asked. */
    @ParameterizedTest
    @CsvSource({
        "Running,  status,  TASK,    400, 400,  true",
        "Running,  stop,    TASK,    400, 364,  false",
        "Running,  deploy,  TASK,    400, 400,  false",
        "Running,  prepare, TASK,    400, 400,  false",
        "Running,  delete,  CLEANUP, 400, 400,  false",
        "Running,  status,  CHECK,   400, 400,  false",
        "Expunged, deploy,  TASK,    400, 366,  true",
        "Expunged, delete,  TASK,    400, 364,  false",
        "Running,  status,  TASK,    400, ,     false",
        "Expunged, deploy,  TASK,    400, ,     false",
    })
    void operationsGoAYearAfterTheirEndUnlessTheyAreNeeded(
            String vm, String verb, String purpose, int asked, @Nullable Integer ended, boolean goes)
            throws InterruptedException {
        var operation = old.operation(vm.equals("Running") ? living : expunged, asked, ended);
        old.action(operation, verb, purpose);
        jdbc.sql("INSERT INTO operation_step (id, operation_id, activity_id, name, state, started_at)"
                        + " VALUES (?, ?, 'a', 'A', 'DONE', ?)")
                .params(UUID.randomUUID(), operation, old.days(asked))
                .update();

        secret(operation, NOW);

        pass("node-1", "365d", "forever", "forever").run();

        for (var table : List.of("operation", "action", "operation_step", "handed_secret")) {
            assertThat(count(table)).as(table).isEqualTo(goes ? 0 : 1);
        }
    }

    @Test
    void secretsThatNobodyHasFetchedInTimeGo() {
        var lapsed = secret(UUID.randomUUID(), NOW);
        var fresh = secret(UUID.randomUUID(), NOW.plusSeconds(1));
        var watch = new LapsedSecrets(rows, Clock.fixed(NOW, ZoneOffset.UTC));

        watch.remove();
        watch.remove();

        assertThat(sealed(lapsed)).isEmpty();
        assertThat(sealed(fresh)).containsExactly("v1:sealed");
        new LapsedSecrets(rows, Clock.fixed(NOW.plusSeconds(1), ZoneOffset.UTC)).remove();
        assertThat(sealed(fresh)).isEmpty();
        assertThat(count("handed_secret")).as("that there was one stays known").isEqualTo(2);
    }

    @Test
    void textsGoBeforeTheRecordWhichSaysSo() throws InterruptedException {
        var aged = old.action(old.operation(living, 91, 91), "deploy", "TASK");
        var young = old.action(old.operation(living, 91, 89), "deploy", "TASK");
        var unended = old.action(old.operation(expunged, 91, null), "status", "TASK");

        pass("node-1", "365d", "90d", "30d").run();

        assertThat(texts(aged)).containsOnlyNulls();
        assertThat(removedAt(aged)).isEqualTo(NOW.atOffset(ZoneOffset.UTC));
        for (var other : List.of(young, unended)) {
            assertThat(texts(other)).doesNotContainNull();
            assertThat(removedAt(other)).isNull();
        }
        assertThat(jdbc.sql("SELECT notes FROM action WHERE id = ?")
                        .param(aged)
                        .query(String.class)
                        .single())
                .isEqualTo("a note");
    }

    /** Also where the operation is needed, and an operation that ended later than others that were asked for after it. */
    @Test
    void textsOfTheNextDaysGoInTheNextPasses() throws InterruptedException {
        old.action(old.operation(living, 91, 91), "deploy", "TASK");
        pass("node-1", "365d", "90d", "30d").run();
        var later = old.action(old.operation(living, 200, 85), "deploy", "TASK");
        jdbc.sql("UPDATE retention SET due_at = CURRENT_TIMESTAMP").update();

        pass("node-1", "365d", "80d", "30d").run();

        assertThat(texts(later)).containsOnlyNulls();
    }

    @ParameterizedTest
    @CsvSource({
        "365d, 30d, 29, 31, 1",
        "365d, forever, 364, 366, 1",
        "forever, forever, 1, 5000, 2",
        "10d, 30d, 9, 11, 1"
    })
    void keysGoNoLaterThanOperations(String operations, String keys, int young, int aged, int left)
            throws InterruptedException {
        for (int age : List.of(young, aged)) {
            jdbc.sql("INSERT INTO idempotency_key VALUES (?, ?, '', ?, ?)")
                    .params(RetentionRows.ANN, "key-" + age, UUID.randomUUID(), old.days(age))
                    .update();
        }

        pass("node-1", operations, "90d", keys).run();

        assertThat(jdbc.sql("SELECT idem_key FROM idempotency_key ORDER BY created_at DESC")
                        .query(String.class)
                        .list())
                .isEqualTo(Stream.of("key-" + young, "key-" + aged).limit(left).toList());
    }

    @Test
    void aPassGoesThroughAllStepsAndTellsOnce() throws InterruptedException {
        for (int number = 0; number < 230; number++) {
            old.action(old.operation(expunged, 400, 400 - number % 7), "status", "TASK");
        }
        var kept = old.operation(living, 92, 92);
        old.action(kept, "status", "TASK");

        pass("node-1", "365d", "90d", "30d").run();

        assertThat(jdbc.sql("SELECT id FROM operation").query(UUID.class).list())
                .containsExactly(kept);
        verify(history)
                .append(
                        eq(Actor.SYSTEM),
                        eq("retention.removed"),
                        any(),
                        eq(Map.of(
                                "node",
                                "node-1",
                                "operations",
                                230L,
                                "actions",
                                230L,
                                "textsOfActions",
                                1L,
                                "idempotencyKeys",
                                0L)));
    }

    @Test
    void whereNothingIsOldNothingIsTold() throws InterruptedException {
        old.action(old.operation(living, 10, 10), "status", "TASK");

        pass("node-1", "365d", "90d", "30d").run();

        verify(history, never()).append(any(), any(), any(), any());
    }

    @Test
    void oneNodeAtATimeHasTheTurnAndEachHourThereIsOne() throws InterruptedException {
        assertThat(turn.take("node-2")).isTrue();
        old.action(old.operation(living, 400, 400), "status", "TASK");

        pass("node-1", "365d", "90d", "30d").run();
        assertThat(count("operation")).as("while it is another's turn").isEqualTo(1);

        turn.end();
        pass("node-1", "365d", "90d", "30d").run();
        assertThat(count("operation")).as("within the hour").isEqualTo(1);

        jdbc.sql("UPDATE retention SET due_at = CURRENT_TIMESTAMP").update();
        when(lease.isHeld()).thenReturn(false);
        pass("node-1", "365d", "90d", "30d").run();
        assertThat(count("operation")).as("without a lease").isEqualTo(1);

        when(lease.isHeld()).thenReturn(true);
        pass("node-1", "365d", "90d", "30d").run();
        assertThat(count("operation")).isZero();
    }

    /** What was removed before a node was killed is told by the one that goes on. */
    @Test
    void aPassThatLosesItsTurnIsGoneOnWith() throws InterruptedException {
        old.action(old.operation(living, 400, 400), "status", "TASK");
        turn.count(new Removed(5, 7, 0, 0));

        pass("node-1", "365d", "90d", "30d").run();

        verify(history, times(1))
                .append(
                        any(),
                        any(),
                        any(),
                        eq(Map.of(
                                "node",
                                "node-1",
                                "operations",
                                6L,
                                "actions",
                                8L,
                                "textsOfActions",
                                0L,
                                "idempotencyKeys",
                                0L)));
        assertThat(turn.removed()).isEqualTo(Removed.NOTHING);
    }

    private RetentionPass pass(String name, String operations, String texts, String keys) {
        var node = mock(ThisNode.class);
        when(node.name()).thenReturn(name);
        var pulse = mock(Pulse.class);
        when(pulse.watched(any(), any())).thenAnswer(call -> call.getArgument(1));
        var kept = new RetentionProperties(KeptFor.valueOf(operations), KeptFor.valueOf(texts), KeptFor.valueOf(keys));
        var clock = Clock.fixed(NOW, ZoneOffset.UTC);
        return new RetentionPass(kept, rows, turn, lease, node, history, clock, pulse, transactions);
    }

    private List<@Nullable String> texts(UUID action) {
        return jdbc.sql("SELECT payload, answer, output, error_output, result FROM action WHERE id = ?")
                .param(action)
                .query((row, number) -> java.util.Arrays.asList(
                        row.getString(1), row.getString(2), row.getString(3), row.getString(4), row.getString(5)))
                .single();
    }

    private @Nullable OffsetDateTime removedAt(UUID action) {
        return jdbc.sql("SELECT texts_removed_at FROM action WHERE id = ?")
                .param(action)
                .query((row, number) -> java.util.Optional.ofNullable(row.getObject(1, OffsetDateTime.class)))
                .single()
                .map(time -> time.withOffsetSameInstant(ZoneOffset.UTC))
                .orElse(null);
    }

    private int count(String table) {
        return jdbc.sql("SELECT COUNT(*) FROM " + table).query(Integer.class).single();
    }

    private UUID secret(UUID operation, Instant until) {
        jdbc.sql("INSERT INTO handed_secret (action_id, operation_id, action_name, sealed, created_at, expires_at)"
                        + " VALUES (?, ?, 'Reset', 'v1:sealed', ?, ?)")
                .params(UUID.randomUUID(), operation, NOW.atOffset(ZoneOffset.UTC), until.atOffset(ZoneOffset.UTC))
                .update();
        return operation;
    }

    private List<String> sealed(UUID operation) {
        return jdbc.sql("SELECT sealed FROM handed_secret WHERE operation_id = ? AND sealed IS NOT NULL")
                .param(operation)
                .query(String.class)
                .list();
    }
}
