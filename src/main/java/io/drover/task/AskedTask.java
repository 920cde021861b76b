package io.drover.task;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task for a person that an operation's process has come to.
 *
 * @param id the engine's
 * @param description of the diagram's own; null for none
 * @param assignee the account that has it in hand from the start
 * @param named by whom the diagram wants it answered, see {@link Named}
 */
public record AskedTask(
        String id,
        UUID operation,
        String activity,
        String name,
        @Nullable String description,
        boolean fourEyes,
        @Nullable String assignee,
        Set<String> named) {}
