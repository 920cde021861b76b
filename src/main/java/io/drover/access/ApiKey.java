package io.drover.access;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A key that a program logs in with; its secret is known to its holder alone.
 *
 * @param account the name of the account it logs in to
 * @param label what its owner calls it
 * @param expiresAt when it ceases to work; null for never
 */
public record ApiKey(
        UUID id,
        UUID accountId,
        String account,
        String label,
        Instant createdAt,
        @Nullable Instant expiresAt) {}
