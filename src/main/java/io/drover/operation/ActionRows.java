package io.drover.operation;

import io.drover.operation.Operation.Failure;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.UUID;

/** Rows of the table {@code action}. */
final class ActionRows {
    private ActionRows() {}

    static Action toAction(ResultSet row, int number) throws SQLException {
        var errorCode = row.getString("error_code");
        return new Action(
                row.getObject("id", UUID.class),
                row.getObject("operation_id", UUID.class),
                row.getObject("vm_id", UUID.class),
                row.getString("vm_name"),
                row.getObject("host_id", UUID.class),
                row.getString("verb"),
                row.getString("wire_verb"),
                ActionPurpose.valueOf(row.getString("purpose")),
                ActionState.valueOf(row.getString("state")),
                row.getInt("attempt"),
                row.getString("activity_id"),
                row.getString("activity_name"),
                row.getString("execution_id"),
                row.getString("activity_instance_id"),
                row.getString("not_run_because"),
                row.getObject("extension_id", UUID.class),
                row.getString("extension_name"),
                row.getString("program"),
                row.getString("digest"),
                row.getString("actor_name"),
                row.getString("node"),
                Duration.ofSeconds(row.getInt("timeout_seconds")),
                row.getObject("requested_at", OffsetDateTime.class).toInstant(),
                OperationRepository.instant(row, "started_at"),
                OperationRepository.instant(row, "ended_at"),
                row.getObject("exit_code", Integer.class),
                errorCode == null ? null : new Failure(errorCode, row.getString("error_message")),
                row.getString("payload"),
                row.getString("answer"),
                row.getString("output"),
                row.getString("error_output"),
                row.getObject("output_bytes", Long.class),
                row.getObject("error_output_bytes", Long.class),
                row.getString("notes"),
                row.getString("result"),
                OperationRepository.instant(row, "texts_removed_at"));
    }
}
