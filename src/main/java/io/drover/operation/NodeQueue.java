package io.drover.operation;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What waits and what runs on one node.
 *
 * @param oldest since when the longest waiting action waits; null when none waits
 * @param groups by extension, host and verb
 */
public record NodeQueue(
        String node, int waiting, int running, @Nullable Instant oldest, List<QueueGroup> groups) {

    static NodeQueue of(String node, List<QueueGroup> groups) {
        return new NodeQueue(
                node,
                groups.stream().mapToInt(QueueGroup::waiting).sum(),
                groups.stream().mapToInt(QueueGroup::running).sum(),
                groups.stream()
                        .map(QueueGroup::oldest)
                        .filter(Objects::nonNull)
                        .min(Instant::compareTo)
                        .orElse(null),
                groups);
    }
}
