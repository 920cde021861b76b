package io.drover.inventory;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a service offering is to be. In a change, null leaves a field as it is.
 *
 * @param cpus 1 to 1024
 * @param cpuSpeedMhz 1 to 100000
 * @param memoryMib 1 to 16777216
 * @param details set one by one; null for a detail removes it
 */
public record ServiceOfferingSpec(
        @Nullable String name,
        @Nullable Integer cpus,
        @Nullable Integer cpuSpeedMhz,
        @Nullable Integer memoryMib,
        @Nullable Map<String, @Nullable String> details) {}
