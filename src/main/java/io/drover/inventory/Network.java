package io.drover.inventory;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A network that NICs get addresses from.
 *
 * @param num its number, the payload's {@code networkId}
 * @param cidr its IPv4 range, e.g. {@code 10.1.0.0/24}
 * @param cidr6 its IPv6 range; null when it has none
 * @param rateMbps how fast a NIC may send, in Mbit/s
 */
public record Network(
        UUID id,
        long num,
        String name,
        String cidr,
        String gateway,
        @Nullable Integer vlan,
        @Nullable String cidr6,
        @Nullable String gateway6,
        @Nullable String dns1,
        @Nullable String dns2,
        @Nullable String ip6Dns1,
        @Nullable String ip6Dns2,
        int rateMbps,
        Instant createdAt) {

    /** The mask of the IPv4 range as a dotted quad, e.g. {@code 255.255.255.0}. */
    public String netmask() {
        return Ipv4Range.parse(cidr).orElseThrow().netmask();
    }
}
