package io.drover.inventory;

import io.drover.access.Actor;
import io.drover.problem.ProblemException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds addresses for a new VM's NICs. Networks are locked, so that what was found free stays free until the commit. */
@Component
class VmAddressing {
    private final Networks networks;
    private final NicRepository nics;
    private final Holders holders;

    VmAddressing(Networks networks, NicRepository nics, Holders holders) {
        this.networks = networks;
        this.nics = nics;
        this.holders = holders;
    }

    /**
     * The NICs with every address chosen.
     *
     * @param wanted the NICs in order
     * @param found the network of each
     * @param actor who is told what is in the way
     */
    List<Nic> plan(UUID vm, List<NewNic> wanted, List<Network> found, Actor actor) {
        var pools = pools(found.stream().map(Network::id).collect(Collectors.toSet()), nic -> true, holders.as(actor));
        var asked = new Asked(vm, pools, holders.as(actor));
        for (int i = 0; i < wanted.size(); i++) {
            asked.add("/networks/" + i, wanted.get(i), found.get(i).id());
        }
        asked.findings.refuse();
        List<Nic> plan = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            plan.add(asked.complete(i, found.get(i)));
        }
        return plan;
    }

    /**
     * The pools of the networks, by id; locks them.
     *
     * @param counts which NICs' addresses are taken
     * @param naming how the VMs are told that have taken one
     */
    Map<UUID, AddressPool> pools(Set<UUID> ids, Predicate<Nic> counts, Holders.Words naming) {
        var locked = networks.lock(ids);
        var taken = nics.ofNetworks(ids).stream().filter(counts).collect(Collectors.groupingBy(Nic::networkId));
        Map<UUID, AddressPool> pools = new HashMap<>();
        locked.forEach(network -> pools.put(
                network.id(), new AddressPool(network, taken.getOrDefault(network.id(), List.of()), naming)));
        return pools;
    }

    /** A random MAC address that no NIC has. */
    String freeMac() {
        var mac = Mac.random();
        while (nics.vmWithMac(mac).isPresent()) {
            mac = Mac.random();
        }
        return mac;
    }

    /** The addresses of one new VM: first those asked for, then free ones for the rest. */
    private final class Asked {
        private final UUID vm;
        private final Map<UUID, AddressPool> pools;
        private final Holders.Words naming;
        private final Findings findings = new Findings();
        private final List<NewNic> nicsAsked = new ArrayList<>();
        private final Set<String> macs = new HashSet<>();

        Asked(UUID vm, Map<UUID, AddressPool> pools, Holders.Words naming) {
            this.vm = vm;
            this.pools = pools;
            this.naming = naming;
        }

        void add(String pointer, NewNic nic, UUID network) {
            var pool = pool(network);
            var ip = nic.ip() == null ? null : pool.askIpv4(findings, null, pointer + "/ip", nic.ip());
            var ip6 = nic.ip6() == null ? null : pool.askIpv6(findings, null, pointer + "/ip6", nic.ip6());
            pool.hold(vm, ip, ip6);
            nicsAsked.add(new NewNic(nic.network(), ip, ip6, mac(pointer + "/mac", nic.mac())));
        }

        private @Nullable String mac(String pointer, @Nullable String text) {
            if (text == null) {
                return null;
            }
            var mac = Mac.parse(text);
            if (mac.isEmpty()) {
                findings.add(pointer, Mac.RULE, text);
            } else if (!macs.add(mac.get())) {
                findings.add(pointer, "is asked for twice", text);
            } else {
                nics.vmWithMac(mac.get())
                        .ifPresent(holder -> findings.add(pointer, "is taken by " + naming.of(holder), text));
            }
            return mac.orElse(null);
        }

        Nic complete(int device, Network network) {
            var asked = nicsAsked.get(device);
            var pool = pool(network.id());
            var ip = asked.ip();
            if (ip == null && pool.hasIpv4()) {
                ip = pool.nextIpv4().orElseThrow(() -> full(network));
            }
            var ip6 = asked.ip6();
            if (ip6 == null && pool.hasIpv6()) {
                ip6 = pool.nextIpv6().orElseThrow(() -> full(network));
            }
            pool.hold(vm, ip, ip6);
            var mac = asked.mac() == null ? freeMac() : asked.mac();
            return new Nic(UUID.randomUUID(), vm, network.id(), device, mac, ip, ip6, device == 0);
        }

        private AddressPool pool(UUID network) {
            var pool = pools.get(network);
            if (pool == null) {
                throw ProblemException.conflict("changed-meanwhile", "Network " + network + " was removed just now");
            }
            return pool;
        }
    }

    private static ProblemException full(Network network) {
        return ProblemException.conflict(
                "network-full",
                "Network '" + network.name() + "' has no free address left in "
                        + Stream.of(network.cidr(), network.cidr6())
                                .filter(Objects::nonNull)
                                .collect(Collectors.joining(" and ")));
    }
}
