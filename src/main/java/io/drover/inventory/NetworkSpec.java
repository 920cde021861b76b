package io.drover.inventory;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a network is to be. In a change, null leaves a field as it is and an empty text clears an optional one.
 *
 * @param cidr an IPv4 range, /8 to /30; it may overlap other networks'. Without one, NICs get no IPv4 address from Drover
 * @param gateway the range's first usable address unless said otherwise
 * @param vlan 0 to 4095
 * @param cidr6 an IPv6 range, /64 to /126
 * @param gateway6 the range's first usable address unless said otherwise
 * @param rateMbps 1 to 1000000, 200 unless said otherwise
 * @param details set one by one; null for a detail removes it
 */
public record NetworkSpec(
        @Nullable String name,
        @Nullable String cidr,
        @Nullable String gateway,
        @Nullable Integer vlan,
        @Nullable String cidr6,
        @Nullable String gateway6,
        @Nullable String dns1,
        @Nullable String dns2,
        @Nullable String ip6Dns1,
        @Nullable String ip6Dns2,
        @Nullable Integer rateMbps,
        @Nullable Map<String, @Nullable String> details) {}
