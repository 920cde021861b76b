package io.drover.operation.retention;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What is old, stretch by stretch, and its removal. Each stretch has so few rows that nobody waits long for them. */
@Repository
class OldRows {
    private static final int OPERATIONS = 100;
    private static final int KEYS = 500;

    private static final String END = """
            SELECT MAX(moment) FROM (
                SELECT %2$s AS moment FROM %1$s WHERE %2$s > :from AND %2$s < :before ORDER BY %2$s FETCH FIRST %3$d ROWS ONLY) oldest
            """;
    private static final String OPERATIONS_END = END.formatted("operation", "ended_at", OPERATIONS);
    private static final String KEYS_END = END.formatted("idempotency_key", "created_at", KEYS);

    private static final String ENDED = "SELECT id FROM operation WHERE ended_at > :from AND ended_at <= :until";

    /** How a VM that is still there was created and looked for is read when it is created again or deleted. */
    private static final String NEEDED = """
            EXISTS (SELECT 1 FROM vm WHERE vm.id = operation.vm_id AND vm.state <> 'Expunged')
            AND EXISTS (SELECT 1 FROM action WHERE action.operation_id = operation.id
                        AND (action.verb IN ('prepare', 'deploy', 'delete') OR action.purpose <> 'TASK'))
            """;

    private static final String FORGET_TEXTS = """
            UPDATE action SET payload = NULL, answer = NULL, output = NULL, error_output = NULL, result = NULL, sealed_answer = NULL,
                   texts_removed_at = :now
            WHERE operation_id IN (:ids) AND (payload IS NOT NULL OR answer IS NOT NULL OR output IS NOT NULL
                  OR error_output IS NOT NULL OR result IS NOT NULL OR sealed_answer IS NOT NULL)
            """;

    private static final String LAPSED_SECRETS =
            "UPDATE handed_secret SET sealed = NULL WHERE expires_at > :from AND expires_at <= :until AND sealed IS NOT NULL";

    private final JdbcClient jdbc;

    OldRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A stretch of time, after the first moment up to the second. */
    record Stretch(Instant from, Instant until) {}

    /** The next stretch in which operations ended, after one moment and before the other. */
    Optional<Stretch> ends(Instant from, Instant before) {
        return stretch(OPERATIONS_END, from, before);
    }

    /** The next stretch in which idempotency keys were used first. */
    Optional<Stretch> keys(Instant from, Instant before) {
        return stretch(KEYS_END, from, before);
    }

    long removeKeys(Stretch stretch) {
        return within("DELETE FROM idempotency_key WHERE created_at > :from AND created_at <= :until", stretch)
                .update();
    }

    /** Those that ended in the stretch and that nothing needs any more. */
    Removed removeOperations(Stretch stretch) {
        var ids = within(ENDED + " AND NOT (" + NEEDED + ")", stretch)
                .query(UUID.class)
                .list();
        if (ids.isEmpty()) {
            return Removed.NOTHING;
        }
        removeFrom("operation_step", "operation_id", ids);
        removeFrom("handed_secret", "operation_id", ids);
        long actions = removeFrom("action", "operation_id", ids);
        return new Removed(removeFrom("operation", "id", ids), actions, 0, 0);
    }

    /** @return of how many actions of operations that ended in the stretch */
    long removeTexts(Stretch stretch, Instant now) {
        var ids = within(ENDED, stretch).query(UUID.class).list();
        return ids.isEmpty()
                ? 0
                : jdbc.sql(FORGET_TEXTS)
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .param("ids", ids)
                        .update();
    }

    /** Removes the secrets that have lapsed after one moment and up to the other, and were not fetched. */
    void removeSecrets(Stretch stretch) {
        within(LAPSED_SECRETS, stretch).update();
    }

    private Optional<Stretch> stretch(String sql, Instant from, Instant before) {
        @Nullable
        OffsetDateTime end = jdbc.sql(sql)
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param("before", before.atOffset(ZoneOffset.UTC))
                .query((row, number) -> Optional.ofNullable(row.getObject(1, OffsetDateTime.class)))
                .single()
                .orElse(null);
        return end == null ? Optional.empty() : Optional.of(new Stretch(from, end.toInstant()));
    }

    private JdbcClient.StatementSpec within(String sql, Stretch stretch) {
        return jdbc.sql(sql)
                .param("from", stretch.from().atOffset(ZoneOffset.UTC))
                .param("until", stretch.until().atOffset(ZoneOffset.UTC));
    }

    private long removeFrom(String table, String column, List<UUID> ids) {
        return jdbc.sql("DELETE FROM " + table + " WHERE " + column + " IN (:ids)")
                .param("ids", ids)
                .update();
    }
}
