package io.drover.history;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What entries must match: one of the values of each set, where it has any.
 *
 * @param subjects names or ids
 * @param vms the VMs that entries are about, also where their subject is something else
 * @param actors names of accounts
 * @param since inclusive
 * @param until exclusive
 */
public record HistoryQuery(
        Set<String> kinds,
        Set<String> subjectTypes,
        Set<String> subjects,
        Set<UUID> vms,
        Set<String> actors,
        @Nullable Instant since,
        @Nullable Instant until) {

    /** Every entry. */
    public static final HistoryQuery ALL =
            new HistoryQuery(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), null, null);

    /** The entries of one kind. */
    public static HistoryQuery of(String kind) {
        return new HistoryQuery(Set.of(kind), Set.of(), Set.of(), Set.of(), Set.of(), null, null);
    }
}
