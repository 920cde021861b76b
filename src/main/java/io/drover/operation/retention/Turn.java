package io.drover.operation.retention;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The table {@code retention}: of all nodes that share the database one at a time removes what is old. A turn that is not
 * kept for ten minutes is over; what it has removed stays on its row until it is told.
 */
@Repository
class Turn {
    private static final String AHEAD = "CURRENT_TIMESTAMP + INTERVAL '%d' MINUTE";
    private static final String KEPT = AHEAD.formatted(10);
    private static final String NEXT = AHEAD.formatted(60);

    private static final String TAKE =
            "UPDATE retention SET node = :node, due_at = " + KEPT + " WHERE due_at <= CURRENT_TIMESTAMP";
    private static final String KEEP =
            "UPDATE retention SET due_at = " + KEPT + " WHERE node = :node AND due_at > CURRENT_TIMESTAMP";
    private static final String COUNT = """
            UPDATE retention SET operations = operations + :operations, actions = actions + :actions, texts = texts + :texts,
                   idempotency_keys = idempotency_keys + :keys
            """;
    private static final String END =
            "UPDATE retention SET operations = 0, actions = 0, texts = 0, idempotency_keys = 0, due_at = " + NEXT;

    private final JdbcClient jdbc;

    Turn(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** False when it is another's turn, or nobody's yet. */
    boolean take(String node) {
        return jdbc.sql(TAKE).param("node", node).update() == 1;
    }

    /** Locks the turn until the transaction ends. False when it is no longer the node's. */
    boolean keep(String node) {
        return jdbc.sql(KEEP).param("node", node).update() == 1;
    }

    void count(Removed step) {
        jdbc.sql(COUNT)
                .param("operations", step.operations())
                .param("actions", step.actions())
                .param("texts", step.texts())
                .param("keys", step.idempotencyKeys())
                .update();
    }

    /** What has been removed since that was last told. */
    Removed removed() {
        return jdbc.sql("SELECT operations, actions, texts, idempotency_keys FROM retention")
                .query((row, number) -> new Removed(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)))
                .single();
    }

    /** Of operations that ended up to then, texts are removed. */
    Instant textsUntil() {
        return jdbc.sql("SELECT texts_until FROM retention")
                .query((row, number) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .single();
    }

    void textsUntil(Instant until) {
        jdbc.sql("UPDATE retention SET texts_until = :until")
                .param("until", until.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** The next turn is in an hour. */
    void end() {
        jdbc.sql(END).update();
    }
}
