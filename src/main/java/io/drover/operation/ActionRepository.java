package io.drover.operation;

import io.drover.access.Actor;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class ActionRepository {
    private static final String ADD = """
            INSERT INTO action (id, operation_id, vm_id, vm_name, host_id, verb, wire_verb, purpose, state, attempt, activity_id, activity_name,
                                execution_id, activity_instance_id, not_run_because, extension_id, extension_name, program, digest, actor_id,
                                actor_name, actor_role, node, timeout_seconds, requested_at, started_at, payload, vm_owner_id, vm_domain)
            VALUES (:id, :operation, :vm, :vmName, :host, :verb, :wireVerb, :purpose, :state, :attempt, :activity, :activityName,
                    :execution, :activityInstance, :notRunBecause, :extension, :extensionName, :program, :digest, :actorId,
                    :actorName, :actorRole, :node, :timeout, :now, :started, :payload,
                    (SELECT owner_id FROM vm WHERE id = :vm), (SELECT domain FROM vm WHERE id = :vm))
            """;
    private static final String START =
            "UPDATE action SET state = 'RUNNING', started_at = :now WHERE id = :id AND node = :node AND state IN ('PENDING', 'RUNNING')";
    private static final String POSTPONE =
            "UPDATE action SET state = 'PENDING', started_at = NULL WHERE id = :id AND node = :node AND state = 'RUNNING'";
    private static final String END = """
            UPDATE action SET state = :state, started_at = COALESCE(:started, started_at), ended_at = :ended, exit_code = :exitCode,
                   error_code = :code, error_message = :message, answer = :answer, sealed_answer = :sealed,
                   output = :output, error_output = :errorOutput, output_bytes = :outputBytes,
                   error_output_bytes = :errorOutputBytes, notes = :notes, result = :result
            WHERE id = :id AND node = :node AND state IN ('PENDING', 'RUNNING')
            """;
    private static final String CANCEL_PENDING = """
            UPDATE action SET state = 'CANCELLED', ended_at = :now, error_code = 'cancelled',
                   error_message = 'Its operation was cancelled before it was started'
            WHERE operation_id = :operation AND activity_instance_id LIKE :activityInstance AND COALESCE(state, '') = 'PENDING'
            """;

    /** Most actions share a state; H2 may take its index all the same and keep that plan, but not for an expression. */
    private static final String LATEST_ANSWER = """
            SELECT * FROM action WHERE operation_id = :operation AND verb = :verb AND COALESCE(state, '') = 'SUCCEEDED'
            ORDER BY ended_at DESC, id DESC LIMIT 1
            """;

    private static final String UNFINISHED =
            "SELECT * FROM action WHERE operation_id = :operation AND COALESCE(state, '') IN ('PENDING', 'RUNNING')";

    private final JdbcClient jdbc;

    ActionRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param begins whether its program is started as soon as this is committed */
    void add(Action action, Actor actor, boolean begins) {
        var now = action.requestedAt().atOffset(ZoneOffset.UTC);
        jdbc.sql(ADD)
                .param("id", action.id())
                .param("operation", action.operationId())
                .param("vm", action.vmId())
                .param("vmName", action.vmName())
                .param("host", action.hostId())
                .param("verb", action.verb())
                .param("wireVerb", action.wireVerb())
                .param("purpose", action.purpose().name())
                .param("attempt", action.attempt())
                .param("activity", action.activityId())
                .param("activityName", action.activityName())
                .param("execution", action.executionId())
                .param("activityInstance", action.activityInstanceId())
                .param("notRunBecause", action.notRunBecause())
                .param("extension", action.extensionId())
                .param("extensionName", action.extensionName())
                .param("program", action.program())
                .param("digest", action.digest())
                .param("actorId", actor.id())
                .param("actorName", actor.name())
                .param("actorRole", actor.role().wireName())
                .param("node", action.node())
                .param("timeout", action.timeout().toSeconds())
                .param("state", begins ? "RUNNING" : "PENDING")
                .param("now", now)
                .param("started", begins ? now : null)
                .param("payload", action.payload())
                .update();
    }

    /** False when the action is no longer wanted, or no longer its node's. One that was about to be started can be again. */
    boolean start(Action action, Instant now) {
        return jdbc.sql(START)
                        .param("id", action.id())
                        .param("node", action.node())
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    /** The action waits again, since its program was not started after all. */
    void postpone(Action action) {
        jdbc.sql(POSTPONE).param("id", action.id()).param("node", action.node()).update();
    }

    /** False when the action has ended already, or is no longer its node's. */
    boolean end(Action action, ActionEnd end) {
        return jdbc.sql(END)
                        .param("id", action.id())
                        .param("node", action.node())
                        .param("state", end.state().name())
                        .param("started", end.startedAt())
                        .param("ended", end.run().endedAt().atOffset(ZoneOffset.UTC))
                        .param("exitCode", end.run().exitCode())
                        .param("code", end.error() == null ? null : end.error().code())
                        .param(
                                "message",
                                end.error() == null
                                        ? null
                                        : OperationRepository.cut(end.error().message(), 4000))
                        .param("answer", end.answer())
                        .param("sealed", end.sealedAnswer())
                        .param("output", end.output())
                        .param("errorOutput", end.errorOutput())
                        .param("outputBytes", end.run().output().bytes())
                        .param("errorOutputBytes", end.run().errorOutput().bytes())
                        .param("notes", end.notes())
                        .param("result", end.result())
                        .update()
                == 1;
    }

    Optional<Action> find(UUID id) {
        return jdbc.sql("SELECT * FROM action WHERE id = :id")
                .param("id", id)
                .query(ActionRows::toAction)
                .optional();
    }

    List<Action> ofOperation(UUID operation) {
        return jdbc.sql("SELECT * FROM action WHERE operation_id = :operation ORDER BY requested_at, id")
                .param("operation", operation)
                .query(ActionRows::toAction)
                .list();
    }

    List<Action> unfinishedOn(String node) {
        return jdbc.sql(
                        "SELECT * FROM action WHERE node = :node AND state IN ('PENDING', 'RUNNING') ORDER BY requested_at")
                .param("node", node)
                .query(ActionRows::toAction)
                .list();
    }

    Optional<Action> latestSuccess(UUID operation, String verb) {
        return jdbc.sql(LATEST_ANSWER)
                .param("operation", operation)
                .param("verb", verb)
                .query(ActionRows::toAction)
                .optional();
    }

    @Nullable
    String sealedAnswer(UUID id) {
        return jdbc.sql("SELECT sealed_answer FROM action WHERE id = :id")
                .param("id", id)
                .query((row, number) -> Optional.ofNullable(row.getString(1)))
                .single()
                .orElse(null);
    }

    /** Ends those actions of the operation that have not been started; they never will be. */
    void cancelPending(UUID operation, @Nullable String activityInstance, Instant now) {
        jdbc.sql(CANCEL_PENDING)
                .param("operation", operation)
                .param("activityInstance", activityInstance == null ? "%" : activityInstance)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** The operation's actions that have not ended. */
    List<Action> unfinishedOf(UUID operation) {
        return jdbc.sql(UNFINISHED)
                .param("operation", operation)
                .query(ActionRows::toAction)
                .list();
    }

    void note(UUID id, String notes) {
        jdbc.sql("UPDATE action SET notes = :notes, sealed_answer = NULL WHERE id = :id")
                .param("id", id)
                .param("notes", notes)
                .update();
    }
}
