package io.drover.history;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What entries must match; null matches everything. {@code since} is inclusive. */
public record HistoryQuery(
        @Nullable String kind,
        @Nullable String subjectType,
        @Nullable String subject,
        @Nullable String actor,
        @Nullable Instant since) {}
