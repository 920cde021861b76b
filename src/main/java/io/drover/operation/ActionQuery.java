package io.drover.operation;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What actions must match; null matches everything. {@code since} is inclusive. */
public record ActionQuery(
        @Nullable UUID vm,
        @Nullable UUID operation,
        @Nullable String verb,
        @Nullable ActionState state,
        @Nullable Instant since) {}
