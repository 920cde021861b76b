package io.drover.inventory;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a host is to be. In a change, null leaves a field as it is.
 *
 * @param cluster a cluster's name or id
 * @param state {@link HostState#Up} unless said otherwise
 * @param details set one by one; null for a detail removes it
 */
public record HostSpec(
        @Nullable String name,
        @Nullable String cluster,
        @Nullable HostState state,
        @Nullable Map<String, @Nullable String> details) {}
