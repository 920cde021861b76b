package io.drover.operation.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.operation.Operation.Failure;
import io.drover.operation.OperationState;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An operation as clients see it.
 *
 * @param vm the VM's id
 * @param vmName the VM's name
 * @param waitingFor what holds it up, in words; for an action that has not been started only when the operation is read by itself
 * @param customAction the name of the custom action it runs; absent unless the verb is {@code custom-action}
 * @param parameters what the custom action is given; secrets are masked
 * @param result what the custom action came to, once it has ended; absent in lists
 * @param businessKey the key that was given where its process was started in the engine
 * @param steps in order; absent in lists
 */
record OperationView(
        UUID id,
        String verb,
        UUID vm,
        String vmName,
        OperationState state,
        String requestedBy,
        Instant requestedAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String waitingFor,
        @Nullable String customAction,
        @Nullable JsonNode parameters,
        @Nullable Failure error,
        @Nullable JsonNode result,
        @Nullable String processInstance,
        @Nullable String businessKey,
        @Nullable List<StepView> steps) {

    /**
     * A step: a call of an extension, or something Drover or a person did.
     *
     * @param action the action's id when the step calls an extension
     * @param verb the verb when the step calls an extension
     * @param answeredBy the account that has answered, when the step was a task for a person
     * @param answer the variables that were given with the answer
     * @param comment what was said with the answer
     */
    record StepView(
            String name,
            String activity,
            String state,
            @Nullable String verb,
            @Nullable UUID action,
            @Nullable Integer attempt,
            Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable String note,
            @Nullable String answeredBy,
            @Nullable JsonNode answer,
            @Nullable String comment,
            @Nullable Failure error) {}
}
