package io.drover.operation;

import io.drover.operation.Operation.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One run of one verb of one extension: the unit of auditing. Payload, answer and outputs are without secrets.
 *
 * @param wireVerb the program's first argument
 * @param program absolute path of the program
 * @param digest SHA-256 over all files of the extension as they were, hexadecimal
 * @param purpose what it is for; only {@link ActionPurpose#TASK} is what the task itself asks
 * @param attempt which attempt of its task it is, from 1
 * @param notRunBecause why the program was not called; null when it was or still may be
 * @param notes what an operator should know besides
 * @param result what a custom action came to, as JSON; null for every other verb
 * @param textsRemovedAt when payload, answer, outputs and result were removed, because they were old
 */
public record Action(
        UUID id,
        UUID operationId,
        UUID vmId,
        String vmName,
        @Nullable UUID hostId,
        String verb,
        String wireVerb,
        ActionPurpose purpose,
        ActionState state,
        int attempt,
        String activityId,
        String activityName,
        String executionId,
        String activityInstanceId,
        @Nullable String notRunBecause,
        UUID extensionId,
        String extensionName,
        String program,
        @Nullable String digest,
        String requestedBy,
        String node,
        Duration timeout,
        Instant requestedAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Integer exitCode,
        @Nullable Failure error,
        @Nullable String payload,
        @Nullable String answer,
        @Nullable String output,
        @Nullable String errorOutput,
        @Nullable Long outputBytes,
        @Nullable Long errorOutputBytes,
        @Nullable String notes,
        @Nullable String result,
        @Nullable Instant textsRemovedAt) {

    /** The same with everything that was said to the program and by it, and about it, put in other words. */
    public Action told(UnaryOperator<String> words) {
        return new Action(
                id,
                operationId,
                vmId,
                vmName,
                hostId,
                verb,
                wireVerb,
                purpose,
                state,
                attempt,
                activityId,
                activityName,
                executionId,
                activityInstanceId,
                notRunBecause,
                extensionId,
                extensionName,
                program,
                digest,
                requestedBy,
                node,
                timeout,
                requestedAt,
                startedAt,
                endedAt,
                exitCode,
                error == null ? null : error.told(words),
                told(payload, words),
                told(answer, words),
                told(output, words),
                told(errorOutput, words),
                outputBytes,
                errorOutputBytes,
                told(notes, words),
                told(result, words),
                textsRemovedAt);
    }

    private static @Nullable String told(@Nullable String text, UnaryOperator<String> words) {
        return text == null ? null : words.apply(text);
    }

    /** The same run with other files, or not run because of them. */
    Action with(@Nullable String files, String path, @Nullable String reason) {
        return new Action(
                id,
                operationId,
                vmId,
                vmName,
                hostId,
                verb,
                wireVerb,
                purpose,
                state,
                attempt,
                activityId,
                activityName,
                executionId,
                activityInstanceId,
                reason,
                extensionId,
                extensionName,
                path,
                files,
                requestedBy,
                node,
                timeout,
                requestedAt,
                startedAt,
                endedAt,
                exitCode,
                error,
                payload,
                answer,
                output,
                errorOutput,
                outputBytes,
                errorOutputBytes,
                notes,
                result,
                textsRemovedAt);
    }
}
