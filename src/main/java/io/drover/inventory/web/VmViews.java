package io.drover.inventory.web;

import io.drover.access.Actor;
import io.drover.inventory.Clusters;
import io.drover.inventory.DetailOwner;
import io.drover.inventory.Details;
import io.drover.inventory.Hosts;
import io.drover.inventory.Network;
import io.drover.inventory.Networks;
import io.drover.inventory.Nic;
import io.drover.inventory.ServiceOfferings;
import io.drover.inventory.Templates;
import io.drover.inventory.Vm;
import io.drover.inventory.Vms;
import io.drover.inventory.life.StateTable;
import io.drover.inventory.life.Verb;
import io.drover.page.Page;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Puts VMs together with what they refer to, in as many queries for a page as for one VM. */
@Component
class VmViews {
    private final Vms vms;
    private final Clusters clusters;
    private final Hosts hosts;
    private final Templates templates;
    private final ServiceOfferings offerings;
    private final Networks networks;
    private final Details details;

    VmViews(
            Vms vms,
            Clusters clusters,
            Hosts hosts,
            Templates templates,
            ServiceOfferings offerings,
            Networks networks,
            Details details) {
        this.vms = vms;
        this.clusters = clusters;
        this.hosts = hosts;
        this.templates = templates;
        this.offerings = offerings;
        this.networks = networks;
        this.details = details;
    }

    VmView of(Vm vm, Actor actor) {
        return of(new Page<>(List.of(vm), null), actor).items().get(0);
    }

    Page<VmView> of(Page<Vm> page, Actor actor) {
        var ids = Audience.ids(page, Vm::id);
        var parts = new Parts(
                vms.ownerNames(Audience.ids(page, Vm::ownerId)),
                templates.names(Audience.ids(page, Vm::templateId)),
                offerings.names(Audience.ids(page, Vm::serviceOfferingId)),
                clusters.names(Audience.ids(page, Vm::clusterId)),
                hosts.names(Audience.ids(page, Vm::hostId)),
                vms.nics(ids),
                details(ids, actor));
        var byId =
                networks.all(parts.networkIds()).stream().collect(Collectors.toMap(Network::id, Function.identity()));
        return page.map(vm -> parts.view(vm, byId));
    }

    /** Those that people gave and those that extensions keep, the latter winning, but for those that are reserved. */
    private Map<UUID, Map<String, String>> details(Collection<UUID> ids, Actor actor) {
        Map<UUID, Map<String, String>> all = new HashMap<>();
        List.of(DetailOwner.VM, DetailOwner.INSTANCE).forEach(kind -> details.masked(kind, ids)
                .forEach((id, values) ->
                        all.computeIfAbsent(id, key -> new TreeMap<>()).putAll(values)));
        var hidden = vms.hiddenDetails(actor);
        all.values().forEach(values -> values.keySet().removeAll(hidden));
        return all;
    }

    private record Parts(
            Map<UUID, String> owners,
            Map<UUID, String> templates,
            Map<UUID, String> offerings,
            Map<UUID, String> clusters,
            Map<UUID, String> hosts,
            Map<UUID, List<Nic>> nics,
            Map<UUID, Map<String, String>> details) {

        Set<UUID> networkIds() {
            Set<UUID> ids = new HashSet<>();
            nics.values().forEach(list -> list.forEach(nic -> ids.add(nic.networkId())));
            return ids;
        }

        VmView view(Vm vm, Map<UUID, Network> networks) {
            var nicViews = nics.getOrDefault(vm.id(), List.of()).stream()
                    .map(nic -> VmView.NicView.of(nic, Objects.requireNonNull(networks.get(nic.networkId()))))
                    .toList();
            return new VmView(
                    vm.id(),
                    vm.name(),
                    vm.internalName(),
                    vm.state(),
                    vm.stateReason(),
                    vm.creation(),
                    vm.powerState(),
                    vm.powerSeenAt(),
                    Named.of(vm.ownerId(), owners),
                    vm.domain(),
                    Named.of(vm.templateId(), templates),
                    Named.of(vm.serviceOfferingId(), offerings),
                    Named.of(vm.clusterId(), clusters),
                    Named.of(vm.hostId(), hosts),
                    nicViews,
                    details.getOrDefault(vm.id(), Map.of()),
                    StateTable.inForce().verbs(vm).stream().map(Verb::word).toList(),
                    vm.createdAt());
        }
    }
}
