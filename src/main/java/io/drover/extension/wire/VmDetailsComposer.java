package io.drover.extension.wire;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.access.Accounts;
import io.drover.inventory.Network;
import io.drover.inventory.Networks;
import io.drover.inventory.Nic;
import io.drover.inventory.ServiceOfferings;
import io.drover.inventory.Templates;
import io.drover.inventory.Vm;
import io.drover.inventory.VmState;
import io.drover.inventory.Vms;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Composes {@code cloudstack.vm.details} (contract 2.4): the VM as CloudStack's transfer object shows it. */
@Component
class VmDetailsComposer {
    private static final Set<String> WITH_NICS = Set.of("prepare", "deploy", "start");
    private static final long MIB = 1024L * 1024;

    private final Vms vms;
    private final Networks networks;
    private final Templates templates;
    private final ServiceOfferings offerings;
    private final Accounts accounts;
    private final ObjectMapper json;

    VmDetailsComposer(
            Vms vms,
            Networks networks,
            Templates templates,
            ServiceOfferings offerings,
            Accounts accounts,
            ObjectMapper json) {
        this.vms = vms;
        this.networks = networks;
        this.templates = templates;
        this.offerings = offerings;
        this.accounts = accounts;
        this.json = json;
    }

    ObjectNode compose(String verb, Vm vm, Map<String, String> instance) {
        var node = json.createObjectNode();
        node.put("id", vm.num());
        node.put("name", vm.internalName());
        node.put("uuid", vm.id().toString());
        node.put("state", state(vm.state()).name());
        node.put("type", "User");
        size(node, vm);
        node.put("bootArgs", "");
        node.put("enableHA", false);
        node.put("limitCpuUse", false);
        node.put("enableDynamicallyScaleVm", false);
        node.put("enterHardwareSetup", false);
        node.put("vncPassword", vms.vncPassword(vm.id()));
        node.set("details", json.valueToTree(details(vm, instance)));
        node.set("disks", json.createArrayNode());
        var segments = json.createObjectNode();
        node.set("nics", nics(verb, vm, segments));
        node.put("configDriveLocation", "SECONDARY");
        if (!verb.equals("stop")) {
            node.set("guestOsDetails", json.createObjectNode());
            node.set("extraConfig", json.createObjectNode());
            node.set("networkIdToNetworkNameMap", segments);
        }
        node.put("metadataManufacturer", "Apache Software Foundation");
        node.put("metadataProductName", "CloudStack External Hypervisor");
        return node;
    }

    /** CloudStack has no state of its own for a VM that is being rebooted. */
    private static VmState state(VmState state) {
        return state == VmState.Rebooting ? VmState.Running : state;
    }

    /** The details of the VM, with the mark of one that is to be created. */
    Map<String, String> details(Vm vm, Map<String, String> instance) {
        Map<String, String> details = new LinkedHashMap<>(instance);
        if (!vm.deployed()) {
            details.put("deployvm", "true");
        }
        return details;
    }

    /** The VLAN of the VM's default NIC, {@code untagged} without one; empty when the VM has no NIC. */
    Optional<String> defaultVlan(Vm vm) {
        return vms.nics(vm.id()).stream()
                .filter(Nic::defaultNic)
                .map(nic -> networks.get(nic.networkId()).vlan())
                .map(vlan -> vlan == null ? "untagged" : vlan.toString())
                .findFirst();
    }

    private void size(ObjectNode node, Vm vm) {
        if (vm.serviceOfferingId() != null) {
            var offering = offerings.get(vm.serviceOfferingId());
            node.put("cpus", offering.cpus());
            node.put("minSpeed", offering.cpuSpeedMhz());
            node.put("maxSpeed", offering.cpuSpeedMhz());
            node.put("minRam", offering.memoryMib() * MIB);
            node.put("maxRam", offering.memoryMib() * MIB);
        }
        if (vm.templateId() != null) {
            node.put("arch", templates.get(vm.templateId()).arch());
        }
    }

    private ArrayNode nics(String verb, Vm vm, ObjectNode segments) {
        var array = json.createArrayNode();
        if (!WITH_NICS.contains(verb)) {
            return array;
        }
        List<Nic> nics = vms.nics(vm.id());
        Map<UUID, Network> byId = nics.stream()
                .map(Nic::networkId)
                .distinct()
                .map(id -> networks.get(id))
                .collect(Collectors.toMap(Network::id, Function.identity()));
        long account = accounts.number(vm.ownerId());
        for (var nic : nics) {
            var network = java.util.Objects.requireNonNull(byId.get(nic.networkId()));
            var segment = "D1-A" + account + "-Z1-S" + network.num();
            segments.put(Long.toString(network.num()), segment);
            array.add(NicDetails.compose(json, nic, network, segment));
        }
        return array;
    }
}
