package io.drover.operation;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What operations wait for. An operation that is under way is {@code WAITING} exactly while it has something here.
 * Whoever changes that has locked the operation.
 */
@Repository
class WaitRepository {
    private static final String ADD =
            "INSERT INTO operation_wait (operation_id, visit, reason, since) VALUES (:id, :visit, :reason, :now)";
    private static final String WAIT = """
            UPDATE operation SET state = 'WAITING', waiting_for = :reasons
            WHERE id = :id AND state IN ('QUEUED', 'RUNNING', 'WAITING') AND cancel_reason IS NULL AND goal IS NULL
            """;
    private static final String MOVE_ON = """
            UPDATE operation SET state = 'RUNNING', waiting_for = NULL, started_at = COALESCE(started_at, :now)
            WHERE id = :id AND state = 'WAITING' AND cancel_reason IS NULL AND goal IS NULL
            """;

    private final JdbcClient jdbc;

    WaitRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void begin(UUID operation, String visit, String reason, Instant now) {
        remove(operation, visit);
        jdbc.sql(ADD)
                .param("id", operation)
                .param("visit", visit)
                .param("reason", OperationRepository.cut(reason, 500))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
        tell(operation, now);
    }

    void end(UUID operation, String visit, Instant now) {
        remove(operation, visit);
        tell(operation, now);
    }

    void endAll(UUID operation) {
        jdbc.sql("DELETE FROM operation_wait WHERE operation_id = :id")
                .param("id", operation)
                .update();
    }

    private void remove(UUID operation, String visit) {
        jdbc.sql("DELETE FROM operation_wait WHERE operation_id = :id AND visit = :visit")
                .param("id", operation)
                .param("visit", visit)
                .update();
    }

    private void tell(UUID operation, Instant now) {
        var reasons = jdbc.sql("SELECT reason FROM operation_wait WHERE operation_id = :id ORDER BY since, visit")
                .param("id", operation)
                .query(String.class)
                .list();
        if (reasons.isEmpty()) {
            jdbc.sql(MOVE_ON)
                    .param("id", operation)
                    .param("now", now.atOffset(ZoneOffset.UTC))
                    .update();
        } else {
            jdbc.sql(WAIT)
                    .param("id", operation)
                    .param("reasons", OperationRepository.cut(String.join("; ", reasons), 500))
                    .update();
        }
    }
}
