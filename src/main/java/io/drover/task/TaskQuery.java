package io.drover.task;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What tasks must match: one of the values of each set, where it has any.
 *
 * @param assignees names of accounts
 * @param claimed whether somebody has it in hand; null for both
 * @param mine whether the one who asks can answer it as it stands: it may, and nobody else has it in hand
 */
public record TaskQuery(
        Set<UUID> operations,
        Set<UUID> vms,
        Set<TaskState> states,
        Set<String> assignees,
        @Nullable Boolean claimed,
        boolean mine) {}
