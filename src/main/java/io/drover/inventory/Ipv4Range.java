package io.drover.inventory;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The addresses of an IPv4 network.
 *
 * @param network the lowest address, which is the network's own
 * @param prefix how many bits are fixed, 8 to 30
 */
record Ipv4Range(long network, int prefix) {
    static final String RULE =
            "must be an IPv4 network such as 10.1.0.0/24, from /8 to /30, with all bits after the prefix zero";

    private static final Pattern PREFIX = Pattern.compile("[89]|[12][0-9]|30");

    /** The range that a text in CIDR notation says; empty when it breaks {@link #RULE}. */
    static Optional<Ipv4Range> parse(String cidr) {
        int slash = cidr.indexOf('/');
        if (slash < 0 || !PREFIX.matcher(cidr.substring(slash + 1)).matches()) {
            return Optional.empty();
        }
        var network = Ipv4.parse(cidr.substring(0, slash));
        int prefix = Integer.parseInt(cidr.substring(slash + 1));
        if (network.isEmpty() || (network.getAsLong() & hostBits(prefix)) != 0) {
            return Optional.empty();
        }
        return Optional.of(new Ipv4Range(network.getAsLong(), prefix));
    }

    boolean contains(long address) {
        return network <= address && address <= broadcast();
    }

    /** Whether a machine can have the address: inside, and neither the network's own nor the broadcast address. */
    boolean usable(long address) {
        return network < address && address < broadcast();
    }

    long first() {
        return network + 1;
    }

    long broadcast() {
        return network | hostBits(prefix);
    }

    String netmask() {
        return Ipv4.format(0xffff_ffffL ^ hostBits(prefix));
    }

    @Override
    public String toString() {
        return Ipv4.format(network) + "/" + prefix;
    }

    private static long hostBits(int prefix) {
        return (1L << (32 - prefix)) - 1;
    }
}
