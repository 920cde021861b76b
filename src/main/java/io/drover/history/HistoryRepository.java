package io.drover.history;

import io.drover.access.Actor;
import io.drover.page.Page;
import io.drover.page.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class HistoryRepository {
    private static final String ADD = """
            INSERT INTO history (at, actor_id, actor_name, actor_role, kind, subject_type, subject_id, subject_name, body)
            VALUES (:at, :actorId, :actorName, :actorRole, :kind, :subjectType, :subjectId, :subjectName, :body)
            """;

    private final JdbcClient jdbc;

    HistoryRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(Instant at, Actor actor, String kind, Subject subject, String body) {
        jdbc.sql(ADD)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("actorId", actor.id())
                .param("actorName", actor.name())
                .param("actorRole", actor.role().wireName())
                .param("kind", kind)
                .param("subjectType", subject.type())
                .param("subjectId", subject.id().toString())
                .param("subjectName", subject.name())
                .param("body", body)
                .update();
    }

    Page<HistoryEntry> find(HistoryQuery query, PageRequest page) {
        List<Object> values = new ArrayList<>();
        var sql = new StringBuilder("SELECT * FROM history WHERE 1 = 1");
        narrow(sql, values, " AND kind = ?", query.kind());
        narrow(sql, values, " AND subject_type = ?", query.subjectType());
        if (query.subject() != null) {
            sql.append(" AND (subject_id = ? OR subject_name = ?)");
            values.add(query.subject());
            values.add(query.subject());
        }
        narrow(sql, values, " AND actor_name = ?", query.actor());
        narrow(
                sql,
                values,
                " AND at >= ?",
                query.since() == null ? null : query.since().atOffset(ZoneOffset.UTC));
        narrow(sql, values, " AND seq < ?", page.after() == null ? null : position(page.after()));
        sql.append(" ORDER BY seq DESC LIMIT ?");
        values.add(page.limit() + 1);
        var rows = jdbc.sql(sql.toString())
                .params(values)
                .query(HistoryRepository::toEntry)
                .list();
        return Page.of(rows, page.limit(), entry -> Long.toString(entry.seq()));
    }

    private static void narrow(StringBuilder sql, List<Object> values, String condition, @Nullable Object value) {
        if (value != null) {
            sql.append(condition);
            values.add(value);
        }
    }

    private static long position(String after) {
        try {
            return Long.parseLong(after);
        } catch (NumberFormatException e) {
            throw PageRequest.unknownPosition(after);
        }
    }

    private static HistoryEntry toEntry(ResultSet row, int number) throws SQLException {
        return new HistoryEntry(
                row.getLong("seq"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getObject("actor_id", UUID.class),
                row.getString("actor_name"),
                row.getString("actor_role"),
                row.getString("kind"),
                row.getString("subject_type"),
                row.getString("subject_id"),
                row.getString("subject_name"),
                row.getString("body"));
    }
}
