package io.drover.extension.wire;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.access.Actor;
import io.drover.extension.manifest.Level;
import io.drover.inventory.DetailLevels;
import io.drover.inventory.DetailOwner;
import io.drover.inventory.Vm;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Composes the payload that an extension is given for a VM (contract section 2). It carries secrets in the open. */
@Component
public class PayloadComposer {
    private static final String EXTERNAL = "External:";
    private static final String VLAN = "cloudstack.vlan";
    private static final Set<String> STARTING = Set.of("deploy", "start");

    private final DetailLevels details;
    private final VmDetailsComposer vmDetails;
    private final ObjectMapper json;

    PayloadComposer(DetailLevels details, VmDetailsComposer vmDetails, ObjectMapper json) {
        this.details = details;
        this.vmDetails = vmDetails;
        this.json = json;
    }

    /**
     * Where the VM is or is about to be.
     *
     * @param mapping the id of the mapping of the host's cluster to the extension
     * @param plainDetails as its manifest names them
     */
    public record Target(UUID extension, UUID mapping, UUID host, Set<String> plainDetails) {}

    /** What is secret in the payload, going by how it is stored. */
    public DetailLevels.Secrets secrets(Vm vm, Target target) {
        return details.secrets(owners(vm, target));
    }

    /** The details that each level has for the VM, the instance's own as the VM's. */
    public Map<Level, Map<String, String>> levels(Vm vm, Target target) {
        var found = details.of(owners(vm, target));
        Map<Level, Map<String, String>> levels = new EnumMap<>(Level.class);
        for (var level : Level.values()) {
            levels.put(level, new TreeMap<>(of(found, level.owner())));
        }
        Map<String, String> ofVm = new TreeMap<>(of(found, Level.VM.owner()));
        ofVm.putAll(withoutPrefix(of(found, DetailOwner.INSTANCE)));
        levels.put(Level.VM, ofVm);
        return levels;
    }

    /** The payload of one verb, by Drover's name of it. */
    public ObjectNode compose(String verb, Vm vm, Target target, Actor caller) {
        var levels = details.of(owners(vm, target));
        var instance = instanceDetails(levels, target.plainDetails());
        var vmNode = vmDetails.compose(verb, vm, instance);
        var payload = json.createObjectNode();
        var external = json.createObjectNode();
        put(external, "extension", of(levels, DetailOwner.EXTENSION));
        put(external, "resourcemap", of(levels, DetailOwner.RESOURCE_MAP));
        put(external, "host", of(levels, DetailOwner.HOST));
        var ofVm = withoutPrefix(instance);
        if (STARTING.contains(verb)) {
            vmDetails.defaultVlan(vm).ifPresent(vlan -> ofVm.put(VLAN, vlan));
        }
        if (!ofVm.isEmpty() || verb.equals("status")) {
            external.set("virtualmachine", json.valueToTree(ofVm));
        }
        if (!external.isEmpty()) {
            payload.set("externaldetails", external);
        }
        payload.set("caller", caller(caller));
        payload.put("virtualmachineid", vm.id().toString());
        payload.put("virtualmachinename", vm.internalName());
        payload.set("cloudstack.vm.details", vmNode);
        return payload;
    }

    /**
     * The details that stand in {@code cloudstack.vm.details} of a VM, secrets in the open.
     *
     * @param plain names of those that stand there under their own name, too
     */
    public Map<String, String> vmDetails(Vm vm, Set<String> plain) {
        return vmDetails.details(vm, instanceDetails(details.of(owners(vm)), plain));
    }

    private static Map<DetailOwner, UUID> owners(Vm vm, Target target) {
        var owners = owners(vm);
        owners.put(DetailOwner.EXTENSION, target.extension());
        owners.put(DetailOwner.RESOURCE_MAP, target.mapping());
        owners.put(DetailOwner.HOST, target.host());
        return owners;
    }

    private static Map<DetailOwner, UUID> owners(Vm vm) {
        Map<DetailOwner, UUID> owners = new EnumMap<>(DetailOwner.class);
        owners.put(DetailOwner.VM, vm.id());
        owners.put(DetailOwner.INSTANCE, vm.id());
        if (vm.serviceOfferingId() != null) {
            owners.put(DetailOwner.SERVICE_OFFERING, vm.serviceOfferingId());
        }
        if (vm.templateId() != null) {
            owners.put(DetailOwner.TEMPLATE, vm.templateId());
        }
        return owners;
    }

    /**
     * Offering, template and VM details, the later winning, as CloudStack keeps them: external ones with their prefix. What
     * the extension itself keeps with the VM counts more than a plain one.
     */
    private static Map<String, String> instanceDetails(
            Map<DetailOwner, Map<String, String>> levels, Set<String> plain) {
        Map<String, String> all = new TreeMap<>();
        for (var level : List.of(DetailOwner.SERVICE_OFFERING, DetailOwner.TEMPLATE, DetailOwner.VM)) {
            of(levels, level).forEach((name, value) -> {
                all.put(EXTERNAL + name, value);
                if (plain.contains(name)) {
                    all.put(name, value);
                }
            });
        }
        all.putAll(of(levels, DetailOwner.INSTANCE));
        return all;
    }

    private static Map<String, String> of(Map<DetailOwner, Map<String, String>> levels, DetailOwner level) {
        return levels.getOrDefault(level, Map.of());
    }

    private static Map<String, String> withoutPrefix(Map<String, String> instance) {
        Map<String, String> external = new TreeMap<>();
        instance.forEach((name, value) -> {
            if (name.startsWith(EXTERNAL)) {
                external.put(name.substring(EXTERNAL.length()), value);
            }
        });
        return external;
    }

    private void put(ObjectNode external, String level, Map<String, String> values) {
        if (!values.isEmpty()) {
            external.set(level, json.valueToTree(new TreeMap<>(values)));
        }
    }

    private ObjectNode caller(Actor actor) {
        return json.createObjectNode()
                .put("id", actor.id().toString())
                .put("name", actor.name())
                .put("type", actor.role().accountType())
                .put("roleid", actor.role().roleId().toString())
                .put("rolename", actor.role().roleName())
                .put("roletype", actor.role().wireName());
    }
}
