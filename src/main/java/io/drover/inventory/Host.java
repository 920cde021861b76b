package io.drover.inventory;

import java.time.Instant;
import java.util.UUID;

/** A machine, or a whole external system, that VMs run on. */
public record Host(UUID id, String name, UUID clusterId, HostState state, Instant createdAt) {}
