package io.drover.operation.retention;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows of VMs, operations and actions that are so old. */
final class RetentionRows {
    static final UUID ANN = new UUID(1, 2);

    private final JdbcClient jdbc;
    private final Instant now;

    RetentionRows(JdbcClient jdbc, Instant now) {
        this.jdbc = jdbc;
        this.now = now;
        jdbc.sql("INSERT INTO account (id, name, role_type, domain, password_initial, enabled, created_at)"
                        + " VALUES (?, 'ann', 'USER', '/sales', FALSE, TRUE, ?)")
                .params(ANN, days(1000))
                .update();
    }

    UUID vm(String state) {
        var id = UUID.randomUUID();
        jdbc.sql("INSERT INTO vm (id, name, internal_name, state, power_state, owner_id, domain, creation, created_at)"
                        + " VALUES (?, 'vm', 'i-1', ?, 'PowerUnknown', ?, '/sales', 'Created', ?)")
                .params(id, state, ANN, days(1000))
                .update();
        return id;
    }

    UUID operation(UUID vm, int daysAsked, @Nullable Integer daysEnded) {
        return operation(vm, Duration.ofDays(daysAsked), daysEnded == null ? null : Duration.ofDays(daysEnded));
    }

    UUID operation(UUID vm, Duration asked, @Nullable Duration ended) {
        var id = UUID.randomUUID();
        jdbc.sql(
                        "INSERT INTO operation (id, vm_id, verb, state, actor_id, actor_name, actor_role, actor_domain, requested_at,"
                                + " ended_at, parameters, vm_owner_id, vm_domain)"
                                + " VALUES (?, ?, 'any', ?, ?, 'ann', 'USER', '/sales', ?, ?, '{}', ?, '/sales')")
                .param(id)
                .param(vm)
                .param(ended == null ? "WAITING" : "SUCCEEDED")
                .param(ANN)
                .param(ago(asked))
                .param(ended == null ? null : ago(ended))
                .param(ANN)
                .update();
        return id;
    }

    UUID action(UUID operation, String verb, String purpose) {
        return action(operation, verb, purpose, "SUCCEEDED");
    }

    UUID action(UUID operation, String verb, String purpose, String state) {
        var id = UUID.randomUUID();
        jdbc.sql(
                        "INSERT INTO action (id, operation_id, vm_id, vm_name, verb, wire_verb, purpose, state, attempt, activity_id,"
                                + " activity_name, execution_id, activity_instance_id, extension_id, extension_name, program, actor_id,"
                                + " actor_name, actor_role, node, timeout_seconds, requested_at, payload, answer, output, error_output, result,"
                                + " notes, vm_owner_id, vm_domain)"
                                + " SELECT ?, id, vm_id, 'vm', ?, ?, ?, ?, 1, 'a', 'A', 'e', 'v', id, 'x', '/x', actor_id, 'ann',"
                                + " 'User', 'n', 60, requested_at, '{}', '{}', 'out', 'err', '1', 'a note', vm_owner_id, vm_domain"
                                + " FROM operation WHERE id = ?")
                .params(id, verb, verb, purpose, state, operation)
                .update();
        return id;
    }

    OffsetDateTime days(int days) {
        return ago(Duration.ofDays(days));
    }

    private OffsetDateTime ago(Duration time) {
        return now.minus(time).atOffset(ZoneOffset.UTC);
    }
}
