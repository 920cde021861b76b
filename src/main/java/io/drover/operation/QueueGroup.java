package io.drover.operation;

import io.drover.inventory.life.Priority;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The actions of one node, extension, host and kind of operation that wait or run.
 *
 * @param host the host's name, its id when there is no such host any more, null for actions that concern none
 * @param verb the operations' verb
 * @param oldest since when the longest waiting one waits; null when none waits
 * @param waitingFor what those that wait need, in words; null when none waits
 */
public record QueueGroup(
        UUID extensionId,
        String extension,
        @Nullable UUID hostId,
        @Nullable String host,
        String verb,
        Priority priority,
        int waiting,
        int running,
        @Nullable Instant oldest,
        @Nullable String waitingFor) {}
