package io.drover.operation;

import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A service task's wish to have an extension called.
 *
 * @param verb a verb of the contract, a custom action's name, or {@code custom-action} for the one the operation is about
 * @param timeout the task's own; null for what the extension's manifest or the server says
 * @param attempt from 1
 * @param executionId what to signal when the action has ended
 * @param activityInstanceId which visit of the task it is; an execution can visit several
 */
public record TaskRequest(
        UUID operationId,
        String verb,
        @Nullable Duration timeout,
        int attempt,
        String activityId,
        String activityName,
        String executionId,
        String activityInstanceId) {

    /** The same with another verb. */
    TaskRequest asking(String other) {
        return new TaskRequest(
                operationId, other, timeout, attempt, activityId, activityName, executionId, activityInstanceId);
    }
}
