package io.drover.operation;

import io.drover.text.Cut;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class StepRepository {
    private static final String ADD = """
            INSERT INTO operation_step (id, operation_id, visit, activity_id, name, state, note, started_at, ended_at)
            VALUES (:id, :operation, :visit, :activity, :name, :state, :note, :started, :ended)
            """;
    private static final String END = """
            UPDATE operation_step SET state = 'DONE', note = :note, ended_at = :ended
            WHERE operation_id = :operation AND state = 'ACTIVE'
                  AND (visit = :visit OR visit IS NULL AND activity_id = :activity)
            """;
    private static final String ANSWERED = """
            UPDATE operation_step SET answered_by = :by, answer = :variables, answer_comment = :comment
            WHERE operation_id = :operation AND state = 'ACTIVE'
                  AND (visit = :visit OR visit IS NULL AND activity_id = :activity)
            """;
    private static final String END_ALL = """
            UPDATE operation_step SET state = 'DONE', ended_at = :ended WHERE operation_id = :operation AND state = 'ACTIVE'
            """;

    private final JdbcClient jdbc;

    StepRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(UUID operation, String activity, String name, String state, @Nullable String note, Instant now) {
        add(operation, null, activity, name, state, note, now);
    }

    /** A step that goes on until it is ended. */
    void begin(UUID operation, String visit, String activity, String name, Instant now) {
        add(operation, visit, activity, name, "ACTIVE", null, now);
    }

    private void add(
            UUID operation,
            @Nullable String visit,
            String activity,
            String name,
            String state,
            @Nullable String note,
            Instant now) {
        var time = now.atOffset(ZoneOffset.UTC);
        jdbc.sql(ADD)
                .param("id", UUID.randomUUID())
                .param("operation", operation)
                .param("visit", visit)
                .param("activity", activity)
                .param("name", Cut.to(255, Cut.clean(name)))
                .param("state", state)
                .param("note", note == null ? null : OperationRepository.cut(note, 2000))
                .param("started", time)
                .param("ended", state.equals("ACTIVE") ? null : time)
                .update();
    }

    /** The step is done; one that was begun before visits were told apart is known by its activity. */
    void end(UUID operation, String visit, String activity, @Nullable String note, Instant now) {
        jdbc.sql(END)
                .param("operation", operation)
                .param("visit", visit)
                .param("activity", activity)
                .param("note", note == null ? null : OperationRepository.cut(note, 2000))
                .param("ended", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Somebody has answered the step, which goes on until it is ended. */
    void answered(UUID operation, String visit, String activity, StepAnswer answer) {
        var comment = answer.comment();
        jdbc.sql(ANSWERED)
                .param("operation", operation)
                .param("visit", visit)
                .param("activity", activity)
                .param("by", answer.by())
                .param("variables", OperationRepository.cut(answer.variables(), 8000))
                .param("comment", comment == null ? null : OperationRepository.cut(comment, 2000))
                .update();
    }

    /** Nothing goes on any longer. */
    void endAll(UUID operation, Instant now) {
        jdbc.sql(END_ALL)
                .param("operation", operation)
                .param("ended", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    List<Step> ofOperation(UUID operation) {
        return jdbc.sql("SELECT * FROM operation_step WHERE operation_id = :operation ORDER BY started_at, id")
                .param("operation", operation)
                .query(StepRepository::toStep)
                .list();
    }

    private static Step toStep(ResultSet row, int number) throws SQLException {
        return new Step(
                row.getObject("id", UUID.class),
                row.getObject("operation_id", UUID.class),
                row.getString("activity_id"),
                row.getString("name"),
                row.getString("state"),
                row.getString("note"),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                OperationRepository.instant(row, "ended_at"),
                answer(row));
    }

    private static @Nullable StepAnswer answer(ResultSet row) throws SQLException {
        var by = row.getString("answered_by");
        return by == null ? null : new StepAnswer(by, row.getString("answer"), row.getString("answer_comment"));
    }
}
