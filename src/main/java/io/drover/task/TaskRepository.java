package io.drover.task;

import io.drover.text.Cut;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class TaskRepository {
    private static final String ADD = """
            INSERT INTO operation_task (id, operation_id, vm_id, vm_owner_id, vm_domain, requester_id, requested_by, activity_id,
                                        name, description, four_eyes, assignee, state, created_at)
            SELECT :id, id, vm_id, vm_owner_id, vm_domain, actor_id, actor_name, :activity, :name, :description, :fourEyes,
                   :assignee, 'OPEN', :now
            FROM operation WHERE id = :operation
            """;
    private static final String END = """
            UPDATE operation_task SET state = :state, ended_at = :now, answered_by = :by WHERE id = :id AND state = 'OPEN'
            """;

    private final JdbcClient jdbc;

    TaskRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(AskedTask task, Instant now) {
        jdbc.sql(ADD)
                .param("id", task.id())
                .param("operation", task.operation())
                .param("activity", task.activity())
                .param("name", cut(task.name(), 255))
                .param("description", cut(task.description(), 2000))
                .param("fourEyes", task.fourEyes())
                .param("assignee", task.assignee())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
        task.named().forEach(who -> name(task.id(), who));
    }

    void name(String task, String who) {
        jdbc.sql("INSERT INTO operation_task_named (task_id, who) VALUES (?, ?)")
                .params(task, who)
                .update();
    }

    void unname(String task, String who) {
        jdbc.sql("DELETE FROM operation_task_named WHERE task_id = ? AND who = ?")
                .params(task, who)
                .update();
    }

    void assign(String task, @Nullable String assignee) {
        jdbc.sql("UPDATE operation_task SET assignee = :assignee WHERE id = :id")
                .param("assignee", assignee)
                .param("id", task)
                .update();
    }

    void end(String task, TaskState state, @Nullable String by, Instant now) {
        jdbc.sql(END)
                .param("id", task)
                .param("state", state.name())
                .param("by", by)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    Optional<PersonTask> find(String id) {
        return jdbc.sql("SELECT * FROM operation_task WHERE id = :id")
                .param("id", id)
                .query(TaskRepository::toTask)
                .optional()
                .map(task -> task.with(named(Set.of(id)).getOrDefault(id, Set.of())));
    }

    /** By whom each of the tasks is to be answered. */
    Map<String, Set<String>> named(Collection<String> tasks) {
        Map<String, Set<String>> named = new HashMap<>();
        if (!tasks.isEmpty()) {
            jdbc.sql("SELECT task_id, who FROM operation_task_named WHERE task_id IN (:tasks)")
                    .param("tasks", tasks)
                    .query(row -> {
                        named.computeIfAbsent(row.getString("task_id"), id -> new TreeSet<>())
                                .add(row.getString("who"));
                    });
        }
        return named;
    }

    /** Without those that it names. */
    static PersonTask toTask(ResultSet row, int number) throws SQLException {
        var ended = row.getObject("ended_at", OffsetDateTime.class);
        return new PersonTask(
                row.getString("id"),
                row.getObject("operation_id", UUID.class),
                row.getObject("vm_id", UUID.class),
                row.getObject("vm_owner_id", UUID.class),
                row.getString("vm_domain"),
                row.getObject("requester_id", UUID.class),
                row.getString("requested_by"),
                row.getString("activity_id"),
                row.getString("name"),
                row.getString("description"),
                row.getBoolean("four_eyes"),
                row.getString("assignee"),
                TaskState.valueOf(row.getString("state")),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                ended == null ? null : ended.toInstant(),
                row.getString("answered_by"),
                Set.of());
    }

    private static @Nullable String cut(@Nullable String text, int length) {
        return text == null ? null : Cut.to(length, text);
    }
}
