package io.drover.operation;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What actions must match: one of the values of each set, where it has any.
 *
 * @param requesters names of accounts
 * @param since inclusive
 * @param until exclusive
 */
public record ActionQuery(
        Set<UUID> vms,
        Set<UUID> operations,
        Set<String> verbs,
        Set<ActionState> states,
        Set<String> requesters,
        @Nullable Instant since,
        @Nullable Instant until) {

    /** Every action. */
    public static final ActionQuery ALL = new ActionQuery(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), null, null);
}
