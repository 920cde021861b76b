package io.drover.inventory;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A network that NICs get addresses from.
 *
 * @param num its number, the payload's {@code networkId}
 * @param cidr its IPv4 range, e.g. {@code 10.1.0.0/24}; null when Drover gives out no IPv4 addresses in it
 * @param gateway null without an IPv4 range
 * @param cidr6 its IPv6 range; null when it has none
 * @param rateMbps how fast a NIC may send, in Mbit/s
 */
public record Network(
        UUID id,
        long num,
        String name,
        @Nullable String cidr,
        @Nullable String gateway,
        @Nullable Integer vlan,
        @Nullable String cidr6,
        @Nullable String gateway6,
        @Nullable String dns1,
        @Nullable String dns2,
        @Nullable String ip6Dns1,
        @Nullable String ip6Dns2,
        int rateMbps,
        Instant createdAt) {

    /** The mask of the IPv4 range as a dotted quad, e.g. {@code 255.255.255.0}; null without a range. */
    public @Nullable String netmask() {
        return cidr == null ? null : Ipv4Range.parse(cidr).orElseThrow().netmask();
    }
}
