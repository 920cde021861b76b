package io.drover.history;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the ledger.
 *
 * @param seq its place in the ledger, rising
 * @param body the values that matter, as a JSON object
 */
public record HistoryEntry(
        long seq,
        Instant at,
        @Nullable UUID actorId,
        String actor,
        String actorRole,
        String kind,
        String subjectType,
        String subjectId,
        String subjectName,
        @JsonRawValue String body) {}
