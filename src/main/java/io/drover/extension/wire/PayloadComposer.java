package io.drover.extension.wire;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.access.Actor;
import io.drover.inventory.DetailOwner;
import io.drover.inventory.Details;
import io.drover.inventory.Vm;
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

    private final Details details;
    private final VmDetailsComposer vmDetails;
    private final ObjectMapper json;

    PayloadComposer(Details details, VmDetailsComposer vmDetails, ObjectMapper json) {
        this.details = details;
        this.vmDetails = vmDetails;
        this.json = json;
    }

    /**
     * Where the VM is or is about to be.
     *
     * @param mapping the id of the mapping of the host's cluster to the extension
     */
    public record Target(UUID extension, UUID mapping, UUID host) {}

    /** The payload of one verb, by Drover's name of it. */
    public ObjectNode compose(String verb, Vm vm, Target target, Actor caller) {
        var instance = instanceDetails(vm);
        var vmNode = vmDetails.compose(verb, vm, instance);
        var payload = json.createObjectNode();
        var external = json.createObjectNode();
        put(external, "extension", details.of(DetailOwner.EXTENSION, target.extension()));
        put(external, "resourcemap", details.of(DetailOwner.RESOURCE_MAP, target.mapping()));
        put(external, "host", details.of(DetailOwner.HOST, target.host()));
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

    /** Offering, template and VM details, the later winning, as CloudStack keeps them: external ones with their prefix. */
    private Map<String, String> instanceDetails(Vm vm) {
        Map<String, String> all = new TreeMap<>();
        if (vm.serviceOfferingId() != null) {
            details.of(DetailOwner.SERVICE_OFFERING, vm.serviceOfferingId())
                    .forEach((name, value) -> all.put(EXTERNAL + name, value));
        }
        if (vm.templateId() != null) {
            details.of(DetailOwner.TEMPLATE, vm.templateId()).forEach((name, value) -> all.put(EXTERNAL + name, value));
        }
        details.of(DetailOwner.VM, vm.id()).forEach((name, value) -> all.put(EXTERNAL + name, value));
        all.putAll(details.of(DetailOwner.INSTANCE, vm.id()));
        return all;
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
