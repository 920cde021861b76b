package io.drover.operation;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class HandedSecretRepository {
    private static final String ADD = """
            INSERT INTO handed_secret (action_id, operation_id, action_name, sealed, created_at, expires_at)
            VALUES (:action, :operation, :name, :sealed, :asked, :until)
            """;
    private static final String OF_OPERATION =
            "SELECT * FROM handed_secret WHERE operation_id = :operation ORDER BY created_at, action_id";
    private static final String TAKE =
            "UPDATE handed_secret SET sealed = NULL, taken_at = :now WHERE action_id = :action AND sealed IS NOT NULL";

    private final JdbcClient jdbc;

    HandedSecretRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A secret of an action, or what is left of it.
     *
     * @param sealed null once it was taken, or has lapsed and was removed
     * @param takenAt null unless it was taken
     */
    record Kept(
            UUID action,
            String actionName,
            @Nullable String sealed,
            Instant until,
            @Nullable Instant takenAt) {}

    /** Does nothing without a secret. */
    void keep(Action action, @Nullable HandedSecret secret) {
        if (secret != null) {
            jdbc.sql(ADD)
                    .param("action", action.id())
                    .param("operation", action.operationId())
                    .param("name", action.verb())
                    .param("sealed", secret.sealed())
                    .param("asked", action.requestedAt().atOffset(ZoneOffset.UTC))
                    .param("until", secret.until().atOffset(ZoneOffset.UTC))
                    .update();
        }
    }

    /** Those of an operation, the oldest action's first. */
    List<Kept> ofOperation(UUID operation) {
        return jdbc.sql(OF_OPERATION)
                .param("operation", operation)
                .query((row, number) -> new Kept(
                        row.getObject("action_id", UUID.class),
                        row.getString("action_name"),
                        row.getString("sealed"),
                        row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                        Optional.ofNullable(row.getObject("taken_at", OffsetDateTime.class))
                                .map(OffsetDateTime::toInstant)
                                .orElse(null)))
                .list();
    }

    /** False when somebody else was faster. */
    boolean take(UUID action, Instant now) {
        return jdbc.sql(TAKE)
                        .param("action", action)
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }
}
