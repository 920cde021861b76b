package io.drover.inventory;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A VM's interface to a network.
 *
 * @param deviceId its place in the VM, 0 for the first
 * @param mac in lower case, joined by colons
 * @param ip6 in the form of RFC 5952; null when the network has no IPv6 range
 * @param defaultNic whether the VM's default route goes through it
 */
public record Nic(
        UUID id,
        UUID vmId,
        UUID networkId,
        int deviceId,
        String mac,
        @Nullable String ip,
        @Nullable String ip6,
        boolean defaultNic) {}
