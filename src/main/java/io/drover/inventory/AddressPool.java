package io.drover.inventory;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The addresses of one network while it is locked: whose they are, and which is the next free one. */
final class AddressPool {
    private final Network network;
    private final @Nullable Ipv4Range range;
    private final @Nullable Ipv6Range range6;
    private final Holders.Words naming;
    private final Map<Long, UUID> holders = new HashMap<>();
    private final Map<Ipv6, UUID> holders6 = new HashMap<>();

    /**
     * @param taken the NICs whose addresses are not to be given out
     * @param naming how a VM that has an address is named
     */
    AddressPool(Network network, Iterable<Nic> taken, Holders.Words naming) {
        this.network = network;
        this.naming = naming;
        var cidr = network.cidr();
        this.range = cidr == null ? null : Ipv4Range.parse(cidr).orElseThrow();
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

    boolean hasIpv4() {
        return range != null;
    }

    boolean hasIpv6() {
        return range6 != null;
    }

    /**
     * The stored form of an IPv4 address that a VM may take; a finding and null when it may not.
     *
     * @param outside takes a note for an address outside the network's range; null when that is a finding
     */
    @Nullable
    String askIpv4(Findings findings, @Nullable List<String> outside, String pointer, String text) {
        var parsed = Ipv4.parse(text);
        if (parsed.isEmpty()) {
            findings.add(pointer, "must be an IPv4 address, four numbers without leading zeros", text);
            return null;
        }
        long address = parsed.getAsLong();
        var allowed = range;
        if (allowed == null || !allowed.contains(address)) {
            boolean taken = outside(findings, outside, pointer, text, "IPv4", allowed, Ipv4.unicast(address));
            return taken && free(findings, pointer, text, holders.get(address)) ? text : null;
        }
        if (reserved(allowed, address)) {
            findings.add(pointer, reservedMessage(allowed.toString()), text);
            return null;
        }
        return free(findings, pointer, text, holders.get(address)) ? text : null;
    }

    /** The same for an IPv6 address. */
    @Nullable
    String askIpv6(Findings findings, @Nullable List<String> outside, String pointer, String text) {
        var parsed = Ipv6.parse(text);
        if (parsed.isEmpty()) {
            findings.add(pointer, "must be an IPv6 address such as fd00:1::2", text);
            return null;
        }
        var address = parsed.get();
        var allowed = range6;
        if (allowed == null || !allowed.contains(address)) {
            boolean taken = outside(findings, outside, pointer, text, "IPv6", allowed, address.unicast());
            return taken && free(findings, pointer, text, holders6.get(address)) ? address.toString() : null;
        }
        if (reserved(allowed, address)) {
            findings.add(pointer, reservedMessage(allowed.toString()), text);
            return null;
        }
        return free(findings, pointer, text, holders6.get(address)) ? address.toString() : null;
    }

    /** The lowest free IPv4 address; empty also when the network has no IPv4 range. */
    Optional<String> nextIpv4() {
        if (range == null) {
            return Optional.empty();
        }
        for (long address = range.first(); address < range.broadcast(); address++) {
            if (!holders.containsKey(address) && !reserved(range, address)) {
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

    private boolean outside(
            Findings findings,
            @Nullable List<String> notes,
            String pointer,
            String text,
            String family,
            @Nullable Object allowed,
            boolean unicast) {
        if (!unicast) {
            findings.add(pointer, "must be a unicast address that a machine can have", text);
            return false;
        }
        var where = allowed == null
                ? "network '" + network.name() + "' has no " + family + " range"
                : "must be in " + allowed + " of network '" + network.name() + "'";
        if (notes == null) {
            findings.add(pointer, where, text);
            return false;
        }
        notes.add(pointer + ": " + text + " is taken although "
                + (allowed == null ? where : "it is outside " + allowed + " of network '" + network.name() + "'"));
        return true;
    }

    private boolean free(Findings findings, String pointer, String text, @Nullable UUID holder) {
        if (holder != null) {
            findings.add(pointer, "is taken by " + naming.of(holder), text);
        }
        return holder == null;
    }

    private boolean reserved(Ipv4Range ipv4, long address) {
        var text = Ipv4.format(address);
        return !ipv4.usable(address)
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
}
