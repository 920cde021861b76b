package io.drover.operation;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What operations must match: one of the values of each set, where it has any.
 *
 * @param requesters names of accounts
 * @param businessKeys keys that were given where a process was started in the engine
 * @param since inclusive
 * @param until exclusive
 */
public record OperationQuery(
        Set<UUID> vms,
        Set<String> verbs,
        Set<OperationState> states,
        Set<String> requesters,
        Set<String> businessKeys,
        Set<String> processInstances,
        @Nullable Instant since,
        @Nullable Instant until) {

    /** Every operation. */
    public static final OperationQuery ALL =
            new OperationQuery(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), null, null);
}
