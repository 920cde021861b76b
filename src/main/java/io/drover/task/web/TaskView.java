package io.drover.task.web;

import io.drover.task.FormField;
import io.drover.task.TaskState;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task for a person as clients see it.
 *
 * @param vm the VM's id
 * @param vmName the VM's name
 * @param requestedBy the account that has asked for the operation
 * @param fourEyes whether that account may not answer
 * @param accounts the accounts that the diagram names
 * @param roles the role types that the diagram names, for VMs that they reach
 * @param domains the domains whose accounts the diagram names
 * @param assignee the account that has it in hand
 * @param mayAnswer whether the caller may answer it
 * @param form what it can be answered with; absent in lists and when it has ended
 */
record TaskView(
        String id,
        String name,
        String activity,
        @Nullable String description,
        UUID operation,
        UUID vm,
        String vmName,
        String requestedBy,
        boolean fourEyes,
        List<String> accounts,
        List<String> roles,
        List<String> domains,
        TaskState state,
        @Nullable String assignee,
        boolean mayAnswer,
        Instant createdAt,
        @Nullable Instant endedAt,
        @Nullable String answeredBy,
        @Nullable List<FormField> form) {}
