package io.drover.inventory;

import java.time.Instant;
import java.util.UUID;

/** How large a VM is: processors, their speed in MHz, memory in MiB. */
public record ServiceOffering(UUID id, String name, int cpus, int cpuSpeedMhz, int memoryMib, Instant createdAt) {}
