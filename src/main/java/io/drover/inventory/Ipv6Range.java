package io.drover.inventory;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The addresses of an IPv6 network.
 *
 * @param network the lowest address, which belongs to the network's routers
 * @param prefix how many bits are fixed, 64 to 126
 */
record Ipv6Range(Ipv6 network, int prefix) {
    static final String RULE =
            "must be an IPv6 network such as fd00:1::/64, from /64 to /126, with all bits after the prefix zero";

    private static final Pattern PREFIX = Pattern.compile("6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-6]");

    /** The range that a text in CIDR notation says; empty when it breaks {@link #RULE}. */
    static Optional<Ipv6Range> parse(String cidr) {
        int slash = cidr.indexOf('/');
        if (slash < 0 || !PREFIX.matcher(cidr.substring(slash + 1)).matches()) {
            return Optional.empty();
        }
        int prefix = Integer.parseInt(cidr.substring(slash + 1));
        return Ipv6.parse(cidr.substring(0, slash))
                .filter(network -> (network.low() & hostBits(prefix)) == 0)
                .map(network -> new Ipv6Range(network, prefix));
    }

    boolean contains(Ipv6 address) {
        return address.high() == network.high() && (address.low() & ~hostBits(prefix)) == network.low();
    }

    /** Whether a machine can have the address: inside, and not the lowest, which is the routers' anycast address. */
    boolean usable(Ipv6 address) {
        return contains(address) && !address.equals(network);
    }

    Ipv6 first() {
        return new Ipv6(network.high(), network.low() + 1);
    }

    Ipv6 last() {
        return new Ipv6(network.high(), network.low() | hostBits(prefix));
    }

    @Override
    public String toString() {
        return network + "/" + prefix;
    }

    private static long hostBits(int prefix) {
        return prefix == 64 ? -1L : (1L << (128 - prefix)) - 1;
    }
}
