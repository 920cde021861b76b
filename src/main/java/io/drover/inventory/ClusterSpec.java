package io.drover.inventory;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a cluster is to be. In a change, null leaves a field as it is and an empty text clears an optional one.
 *
 * @param details set one by one; null for a detail removes it
 */
public record ClusterSpec(
        @Nullable String name,
        @Nullable String description,
        @Nullable Map<String, @Nullable String> details) {}
