package io.drover.inventory;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The addresses of one network while it is locked: whose they are, and which is the next free one. */
final class AddressPool {
    private final Network network;
    private final Ipv4Range range;
    private final @Nullable Ipv6Range range6;
    private final Map<Long, UUID> holders = new HashMap<>();
    private final Map<Ipv6, UUID> holders6 = new HashMap<>();
    private final Holders.Words words;

    /**
     * @param taken the NICs whose addresses are not to be given out
     * @param words how their VMs are told
     */
    AddressPool(Network network, Iterable<Nic> taken, Holders.Words words) {
        this.words = words;
        this.network = network;
        this.range = Ipv4Range.parse(network.cidr()).orElseThrow();
        var cidr6 = network.cidr6();
        this.range6 = cidr6 == null ? null : Ipv6Range.parse(cidr6).orElseThrow();
        taken.forEach(nic -> hold(nic.vmId(), nic.ip(), nic.ip6()));
    }

    /** Marks addresses in their stored form as a VM's. */
    void hold(UUID vm, @Nullable String ip, @Nullable String ip6) {
        if (ip != null) {
            Ipv4.parse(ip).ifPresent(address -> holders.put(address, vm));
        }
        if (ip6 != null) {
            Ipv6.parse(ip6).ifPresent(address -> holders6.put(address, vm));
        }
    }

    boolean hasIpv6() {
        return range6 != null;
    }

    /** The stored form of an IPv4 address that a VM may take; a finding and null when it may not. */
    @Nullable
    String askIpv4(Findings findings, String pointer, String text) {
        var address = Ipv4.parse(text);
        if (address.isEmpty()) {
            findings.add(pointer, "must be an IPv4 address, four numbers without leading zeros", text);
        } else if (!range.contains(address.getAsLong())) {
            findings.add(pointer, "must be in " + range + " of network '" + network.name() + "'", text);
        } else if (reserved(address.getAsLong())) {
            findings.add(pointer, reservedMessage(range.toString()), text);
        } else if (holders.containsKey(address.getAsLong())) {
            findings.add(pointer, takenMessage(holders.get(address.getAsLong())), text);
        } else {
            return text;
        }
        return null;
    }

    /** The stored form of an IPv6 address that a VM may take; a finding and null when it may not. */
    @Nullable
    String askIpv6(Findings findings, String pointer, String text) {
        var address = Ipv6.parse(text);
        if (range6 == null) {
            findings.add(pointer, "network '" + network.name() + "' has no IPv6 range", text);
        } else if (address.isEmpty()) {
            findings.add(pointer, "must be an IPv6 address such as fd00:1::2", text);
        } else if (!range6.contains(address.get())) {
            findings.add(pointer, "must be in " + range6 + " of network '" + network.name() + "'", text);
        } else if (reserved(range6, address.get())) {
            findings.add(pointer, reservedMessage(range6.toString()), text);
        } else if (holders6.containsKey(address.get())) {
            findings.add(pointer, takenMessage(holders6.get(address.get())), text);
        } else {
            return address.get().toString();
        }
        return null;
    }

    /** The lowest free IPv4 address. */
    Optional<String> nextIpv4() {
        for (long address = range.first(); address < range.broadcast(); address++) {
            if (!holders.containsKey(address) && !reserved(address)) {
                return Optional.of(Ipv4.format(address));
            }
        }
        return Optional.empty();
    }

    /** The lowest free IPv6 address; empty also when the network has no IPv6 range. */
    Optional<String> nextIpv6() {
        if (range6 == null) {
            return Optional.empty();
        }
        var address = range6.network();
        while (!address.equals(range6.last())) {
            address = new Ipv6(address.high(), address.low() + 1);
            if (!holders6.containsKey(address) && !reserved(range6, address)) {
                return Optional.of(address.toString());
            }
        }
        return Optional.empty();
    }

    private boolean reserved(long address) {
        var text = Ipv4.format(address);
        return !range.usable(address)
                || text.equals(network.gateway())
                || text.equals(network.dns1())
                || text.equals(network.dns2());
    }

    private boolean reserved(Ipv6Range ipv6, Ipv6 address) {
        var text = address.toString();
        return !ipv6.usable(address)
                || text.equals(network.gateway6())
                || text.equals(network.ip6Dns1())
                || text.equals(network.ip6Dns2());
    }

    private static String reservedMessage(String range) {
        return "is reserved in " + range + ": the network's own, broadcast, gateway and DNS addresses are not for VMs";
    }

    private String takenMessage(@Nullable UUID holder) {
        return "is taken by " + (holder == null ? "another VM" : words.of(holder));
    }
}
