package io.drover.operation.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.operation.ActionPurpose;
import io.drover.operation.ActionState;
import io.drover.operation.Operation.Failure;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An action as clients see it; secrets are masked.
 *
 * @param vm the VM's id
 * @param wireVerb the program's first argument
 * @param purpose TASK for what its step asks; CHECK and CLEANUP come before a creation is repeated whose outcome is unknown
 * @param digest SHA-256 over all files of the extension as they were when the action was wanted
 * @param timeoutSeconds after how long the program is ended
 * @param durationMs how long the program ran
 * @param payload what the program was given
 * @param answer its answer without the envelope, when that was a JSON object
 * @param result what a custom action came to
 * @param output what it wrote to stdout, head and tail
 * @param outputBytes how much it wrote to stdout
 * @param textsRemovedAt when payload, answer, result and outputs were removed, because they were old
 */
record ActionView(
        UUID id,
        String verb,
        String wireVerb,
        ActionPurpose purpose,
        ActionState state,
        UUID operation,
        UUID vm,
        String vmName,
        @Nullable UUID host,
        String extension,
        String program,
        @Nullable String digest,
        String requestedBy,
        String node,
        int attempt,
        String step,
        long timeoutSeconds,
        Instant requestedAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Long durationMs,
        @Nullable Integer exitCode,
        @Nullable Failure error,
        @Nullable JsonNode payload,
        @Nullable JsonNode answer,
        @Nullable JsonNode result,
        @Nullable String output,
        @Nullable String errorOutput,
        @Nullable Long outputBytes,
        @Nullable Long errorOutputBytes,
        @Nullable String notes,
        @Nullable Instant textsRemovedAt) {}
