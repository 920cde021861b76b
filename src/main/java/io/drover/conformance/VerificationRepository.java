package io.drover.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drover.conformance.Verification.State;
import java.sql.ResultSet;
import java.sql.SQLException;
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
class VerificationRepository {
    private static final int LONGEST_ERROR = 2000;

    private final JdbcClient jdbc;
    private final ObjectMapper json;

    VerificationRepository(JdbcClient jdbc, ObjectMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    void add(Verification verification) {
        jdbc.sql("""
                        INSERT INTO verification (id, extension_id, node, level, state, requested_by, requested_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        verification.id(),
                        verification.extensionId(),
                        verification.node(),
                        verification.level().name(),
                        verification.state().name(),
                        verification.requestedBy(),
                        verification.requestedAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Ends one that runs; false when it does not. */
    boolean end(UUID id, State state, @Nullable Report report, @Nullable String error, Instant at) {
        return jdbc.sql("""
                        UPDATE verification SET state = :state, report = :report, error = :error, ended_at = :at
                        WHERE id = :id AND state = 'RUNNING'
                        """)
                        .param("state", state.name())
                        .param("report", report == null ? null : written(report))
                        .param(
                                "error",
                                error == null ? null : error.substring(0, Math.min(LONGEST_ERROR, error.length())))
                        .param("at", at.atOffset(ZoneOffset.UTC))
                        .param("id", id)
                        .update()
                == 1;
    }

    /** Ends what an earlier life of the node left unfinished. */
    void abort(String node, Instant at) {
        jdbc.sql("""
                        UPDATE verification SET state = 'ABORTED', error = 'The server was stopped', ended_at = :at
                        WHERE node = :node AND state = 'RUNNING'
                        """)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("node", node)
                .update();
    }

    /** Forgets all but the newest ones of an extension. */
    void forgetAllBut(int newest, UUID extensionId) {
        jdbc.sql("""
                        DELETE FROM verification WHERE extension_id = :extension AND state <> 'RUNNING' AND id NOT IN (
                            SELECT id FROM verification WHERE extension_id = :extension
                            ORDER BY requested_at DESC, id FETCH FIRST :newest ROWS ONLY)
                        """).param("extension", extensionId).param("newest", newest).update();
    }

    Optional<Verification> find(UUID extensionId, UUID id) {
        return jdbc.sql("SELECT * FROM verification WHERE id = ? AND extension_id = ?")
                .params(id, extensionId)
                .query(this::verification)
                .optional();
    }

    /** Those of an extension, newest first. */
    List<Verification> ofExtension(UUID extensionId) {
        return jdbc.sql("SELECT * FROM verification WHERE extension_id = ? ORDER BY requested_at DESC, id")
                .param(extensionId)
                .query(this::verification)
                .list();
    }

    private Verification verification(ResultSet row, int number) throws SQLException {
        return new Verification(
                row.getObject("id", UUID.class),
                row.getObject("extension_id", UUID.class),
                row.getString("node"),
                Thoroughness.valueOf(row.getString("level")),
                State.valueOf(row.getString("state")),
                row.getString("requested_by"),
                row.getObject("requested_at", OffsetDateTime.class).toInstant(),
                instant(row.getObject("ended_at", OffsetDateTime.class)),
                report(row.getString("report")),
                row.getString("error"));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    private String written(Report report) {
        try {
            return json.writeValueAsString(report);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private @Nullable Report report(@Nullable String text) {
        try {
            return text == null ? null : json.readValue(text, Report.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
