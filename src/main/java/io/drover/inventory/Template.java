package io.drover.inventory;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a VM is made from.
 *
 * @param arch the processor architecture, e.g. {@code x86_64}
 * @param extensionId the extension that knows the template; null when any does
 */
public record Template(
        UUID id,
        String name,
        @Nullable String description,
        String arch,
        @Nullable UUID extensionId,
        Instant createdAt) {}
