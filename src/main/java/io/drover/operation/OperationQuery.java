package io.drover.operation;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What operations must match; null matches everything. {@code since} is inclusive. */
public record OperationQuery(
        @Nullable UUID vm,
        @Nullable String verb,
        @Nullable OperationState state,
        @Nullable Instant since) {}
