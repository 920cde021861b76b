package io.drover.operation;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A step of an operation that calls no extension: a choice, a patch, a task for a person.
 *
 * @param state {@code ACTIVE}, {@code DONE} or {@code FAILED}
 * @param note what came of it, e.g. the host that was chosen
 * @param answer what a person has answered; null where nobody was asked or nobody has answered
 */
public record Step(
        UUID id,
        UUID operationId,
        String activityId,
        String name,
        String state,
        @Nullable String note,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable StepAnswer answer) {}
