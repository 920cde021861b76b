package io.drover.history;

import io.drover.access.Actor;
import io.drover.page.Listing;
import io.drover.page.Order;
import io.drover.page.Page;
import io.drover.page.PageReader;
import io.drover.page.PageRequest;
import io.drover.page.Path.Step;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class HistoryRepository {
    private static final String ADD = """
            INSERT INTO history (at, actor_id, actor_name, actor_role, kind, subject_type, subject_id, subject_name, vm_id, body)
            VALUES (:at, :actorId, :actorName, :actorRole, :kind, :subjectType, :subjectId, :subjectName, :vm, :body)
            """;

    private static final Order ORDER = new Order("history", "at", "seq", Long::valueOf);

    private final JdbcClient jdbc;
    private final PageReader pages;

    HistoryRepository(JdbcClient jdbc, PageReader pages) {
        this.jdbc = jdbc;
        this.pages = pages;
    }

    void add(Instant at, Actor actor, String kind, Subject subject, @Nullable UUID vm, String body) {
        jdbc.sql(ADD)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("actorId", actor.id())
                .param("actorName", actor.name())
                .param("actorRole", actor.role().wireName())
                .param("kind", kind)
                .param("subjectType", subject.type())
                .param("subjectId", subject.id().toString())
                .param("subjectName", subject.name())
                .param("vm", vm)
                .param("body", body)
                .update();
    }

    Page<HistoryEntry> find(HistoryQuery query, PageRequest page) {
        var list = new Listing(ORDER)
                .filter("vm_id", query.vms())
                .filter("actor_name", query.actors())
                .filter("kind", query.kinds())
                .filter("subject_type", query.subjectTypes())
                .within(query.since(), query.until())
                .along(Step.of("vm_id", query.vms()))
                .along(Step.either("subject_id", "subject_name", query.subjects()))
                .along(Step.of("kind", query.kinds()))
                .along(Step.of("actor_name", query.actors()))
                .along(Step.of("subject_type", query.subjectTypes()));
        return pages.read(list, page, HistoryRepository::toEntry, entry -> Order.position(entry.at(), entry.seq()));
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
