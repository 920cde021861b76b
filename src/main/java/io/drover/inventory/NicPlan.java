package io.drover.inventory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Works out the NICs of one VM as a patch wants them, and finds addresses that cannot be had. */
final class NicPlan {
    private final Findings findings;
    private final NicRepository nics;
    private final Map<UUID, AddressPool> pools;
    private final Holders.Words naming;
    private final @Nullable List<String> outside;
    private final Map<UUID, VmPatch.NicChange> changes = new HashMap<>();
    private final Set<String> macs = new HashSet<>();
    private final List<String> applied = new ArrayList<>();

    /**
     * @param pools the networks' addresses without those of this VM
     * @param naming how a VM that has an address is named
     * @param outside takes notes of addresses outside a network's ranges; null when those are findings
     */
    NicPlan(
            Findings findings,
            NicRepository nics,
            Map<UUID, AddressPool> pools,
            Holders.Words naming,
            @Nullable List<String> outside) {
        this.findings = findings;
        this.nics = nics;
        this.pools = pools;
        this.naming = naming;
        this.outside = outside;
    }

    /** The NICs that change, as they are to be. */
    List<Nic> of(List<Nic> current, List<VmPatch.NicChange> wanted) {
        wanted.forEach(change -> changes.put(change.nic().id(), effective(change)));
        current.forEach(this::keep);
        List<Nic> changed = new ArrayList<>();
        for (var nic : current) {
            var change = changes.get(nic.id());
            if (change != null && (change.mac() != null || change.ip() != null || change.ip6() != null)) {
                changed.add(planned(nic, change));
            }
        }
        return changed;
    }

    /** What changes, one line each. */
    List<String> applied() {
        return applied;
    }

    /** The change without the values that the NIC has already. */
    private static VmPatch.NicChange effective(VmPatch.NicChange change) {
        var nic = change.nic();
        return new VmPatch.NicChange(
                change.pointer(),
                nic,
                change.mac() != null
                                && Mac.parse(change.mac())
                                        .filter(nic.mac()::equals)
                                        .isPresent()
                        ? null
                        : change.mac(),
                Objects.equals(change.ip(), nic.ip()) ? null : change.ip(),
                change.ip6() != null
                                && Ipv6.parse(change.ip6())
                                        .filter(ip6 -> ip6.toString().equals(nic.ip6()))
                                        .isPresent()
                        ? null
                        : change.ip6());
    }

    /** Marks as taken what a NIC keeps. */
    private void keep(Nic nic) {
        var change = changes.get(nic.id());
        if (change == null || change.mac() == null) {
            macs.add(nic.mac());
        }
        pool(nic)
                .hold(
                        nic.vmId(),
                        change == null || change.ip() == null ? nic.ip() : null,
                        change == null || change.ip6() == null ? nic.ip6() : null);
    }

    private Nic planned(Nic nic, VmPatch.NicChange change) {
        var pool = pool(nic);
        var mac = change.mac() == null ? nic.mac() : mac(change.pointer() + "/mac", nic, change.mac());
        var ip =
                change.ip() == null ? nic.ip() : pool.askIpv4(findings, outside, change.pointer() + "/ip", change.ip());
        var ip6 = change.ip6() == null
                ? nic.ip6()
                : pool.askIpv6(findings, outside, change.pointer() + "/ip6address", change.ip6());
        pool.hold(nic.vmId(), change.ip() == null ? null : ip, change.ip6() == null ? null : ip6);
        say(change.pointer() + "/mac", nic.mac(), mac);
        say(change.pointer() + "/ip", nic.ip(), ip);
        say(change.pointer() + "/ip6address", nic.ip6(), ip6);
        return new Nic(nic.id(), nic.vmId(), nic.networkId(), nic.deviceId(), mac, ip, ip6, nic.defaultNic());
    }

    private String mac(String pointer, Nic nic, String text) {
        var mac = Mac.parse(text);
        if (mac.isEmpty()) {
            findings.add(pointer, Mac.RULE, text);
            return nic.mac();
        }
        if (!macs.add(mac.get())) {
            findings.add(pointer, "is taken by another NIC of this VM", text);
        }
        nics.vmWithMac(mac.get())
                .filter(holder -> !holder.equals(nic.vmId()))
                .ifPresent(holder -> findings.add(pointer, "is taken by " + naming.of(holder), text));
        return mac.get();
    }

    private void say(String pointer, @Nullable String from, @Nullable String to) {
        if (!Objects.equals(from, to)) {
            applied.add(pointer + ": from " + from + " to " + to);
        }
    }

    private AddressPool pool(Nic nic) {
        return Objects.requireNonNull(pools.get(nic.networkId()), "a NIC's network exists");
    }
}
