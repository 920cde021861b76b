package io.drover.inventory;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Hosts that one extension drives. */
public record Cluster(UUID id, String name, @Nullable String description, Instant createdAt) {}
