package io.drover.operation;

import io.drover.access.Actor;
import io.drover.access.RoleType;
import io.drover.operation.Operation.Failure;
import io.drover.text.Cut;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class OperationRepository {
    private static final String ADD = """
            INSERT INTO operation (id, vm_id, active_vm_id, verb, state, actor_id, actor_name, actor_role, actor_domain,
                                   requested_at, parameters, vm_owner_id, vm_domain)
            SELECT :id, id, id, :verb, 'QUEUED', :actorId, :actorName, :actorRole, :actorDomain, :now, '{}', owner_id, domain
            FROM vm WHERE id = :vm
            """;
    private static final String RUNNING = """
            UPDATE operation SET started_at = COALESCE(started_at, :now),
                   state = CASE WHEN EXISTS (SELECT 1 FROM operation_wait WHERE operation_id = :id)
                           THEN 'WAITING' ELSE 'RUNNING' END,
                   waiting_for = CASE WHEN EXISTS (SELECT 1 FROM operation_wait WHERE operation_id = :id)
                                 THEN waiting_for END
            WHERE id = :id AND state IN ('QUEUED', 'WAITING')
            """;
    private static final String WAITING = """
            UPDATE operation SET state = 'WAITING', waiting_for = :reason
            WHERE id = :id AND state IN ('QUEUED', 'RUNNING', 'WAITING')
            """;
    private static final String FAILED = """
            UPDATE operation SET error_code = :code, error_message = :message
            WHERE id = :id AND state IN ('QUEUED', 'RUNNING', 'WAITING')
            """;
    private static final String END = """
            UPDATE operation SET state = :state, ended_at = :now, active_vm_id = NULL, waiting_for = NULL,
                   sealed_parameters = NULL,
                   started_at = COALESCE(started_at, :now),
                   error_code = CASE WHEN :state = 'SUCCEEDED' THEN NULL ELSE error_code END,
                   error_message = CASE WHEN :state = 'SUCCEEDED' THEN NULL ELSE error_message END
            WHERE id = :id AND state IN ('QUEUED', 'RUNNING', 'WAITING')
            """;

    private static final String SETTLED = """
            SELECT id FROM operation
            WHERE id IN (:ids) AND (state IN ('SUCCEEDED', 'FAILED', 'CANCELLED')
               OR state = 'WAITING' AND waiting_for NOT LIKE '%; its program is being ended'
                  AND (EXISTS (SELECT 1 FROM operation_wait WHERE operation_id = operation.id
                               AND reason NOT LIKE 'Attempt %' AND reason NOT LIKE 'Timer until %')
                       OR waiting_for NOT LIKE 'Attempt %'
                          AND NOT EXISTS (SELECT 1 FROM operation_wait WHERE operation_id = operation.id)))
            """;

    private final JdbcClient jdbc;

    OperationRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(UUID id, UUID vm, String verb, Actor actor, Instant now) {
        jdbc.sql(ADD)
                .param("id", id)
                .param("vm", vm)
                .param("verb", verb)
                .param("actorId", actor.id())
                .param("actorName", actor.name())
                .param("actorRole", actor.role().name())
                .param("actorDomain", actor.domain())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    Optional<Operation> find(UUID id) {
        return jdbc.sql("SELECT * FROM operation WHERE id = :id")
                .param("id", id)
                .query(OperationRepository::toOperation)
                .optional();
    }

    /**
     * Those that have ended or wait for somebody: not those that go on by themselves, after a pause before another attempt,
     * at a time, or once their program has been ended.
     */
    Set<UUID> settled(Collection<UUID> ids) {
        return ids.isEmpty()
                ? Set.of()
                : Set.copyOf(
                        jdbc.sql(SETTLED).param("ids", ids).query(UUID.class).list());
    }

    void businessKey(UUID id, String key) {
        jdbc.sql("UPDATE operation SET business_key = :key WHERE id = :id")
                .param("key", key)
                .param("id", id)
                .update();
    }

    /** The operation, locked against every other change of it until the transaction ends. */
    Operation lock(UUID id) {
        return jdbc.sql("SELECT * FROM operation WHERE id = :id FOR UPDATE")
                .param("id", id)
                .query(OperationRepository::toOperation)
                .single();
    }

    void cancelRequested(UUID id, String reason) {
        jdbc.sql("UPDATE operation SET cancel_reason = :reason WHERE id = :id")
                .param("reason", cut(reason, 500))
                .param("id", id)
                .update();
    }

    void goal(UUID id, OperationState goal) {
        jdbc.sql("UPDATE operation SET goal = :goal WHERE id = :id")
                .param("goal", goal.name())
                .param("id", id)
                .update();
    }

    Optional<UUID> activeOf(UUID vm) {
        return jdbc.sql("SELECT id FROM operation WHERE active_vm_id = :vm")
                .param("vm", vm)
                .query(UUID.class)
                .optional();
    }

    void bind(UUID id, String processInstanceId) {
        jdbc.sql("UPDATE operation SET process_instance_id = :process WHERE id = :id")
                .param("process", processInstanceId)
                .param("id", id)
                .update();
    }

    void running(UUID id, Instant now) {
        jdbc.sql(RUNNING)
                .param("id", id)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    void waiting(UUID id, String reason) {
        jdbc.sql(WAITING).param("id", id).param("reason", cut(reason, 500)).update();
    }

    void failed(UUID id, Failure failure) {
        jdbc.sql(FAILED)
                .param("id", id)
                .param("code", failure.code())
                .param("message", cut(failure.message(), 4000))
                .update();
    }

    void recovered(UUID id) {
        jdbc.sql(
                        "UPDATE operation SET error_code = NULL, error_message = NULL WHERE id = :id AND error_code <> 'cancelled'")
                .param("id", id)
                .update();
    }

    boolean end(UUID id, OperationState state, Instant now) {
        return jdbc.sql(END)
                        .param("id", id)
                        .param("state", state.name())
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    static Operation toOperation(ResultSet row, int number) throws SQLException {
        var actor = new Actor(
                row.getObject("actor_id", UUID.class),
                row.getString("actor_name"),
                RoleType.valueOf(row.getString("actor_role")),
                row.getString("actor_domain"));
        var errorCode = row.getString("error_code");
        var goal = row.getString("goal");
        var action = row.getString("custom_action");
        return new Operation(
                row.getObject("id", UUID.class),
                row.getObject("vm_id", UUID.class),
                row.getString("verb"),
                OperationState.valueOf(row.getString("state")),
                actor,
                row.getObject("requested_at", OffsetDateTime.class).toInstant(),
                instant(row, "started_at"),
                instant(row, "ended_at"),
                row.getString("waiting_for"),
                row.getString("cancel_reason"),
                goal == null ? null : OperationState.valueOf(goal),
                errorCode == null ? null : new Failure(errorCode, row.getString("error_message")),
                row.getString("process_instance_id"),
                row.getString("business_key"),
                action == null ? null : new CustomActionCall(action, row.getString("parameters")));
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    static String cut(String text, int length) {
        return Cut.to(length, Cut.clean(text), Cut.IN_RECORD);
    }
}
