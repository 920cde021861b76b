package io.drover.conformance;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.extension.manifest.Configuration;
import io.drover.extension.manifest.DetailField;
import io.drover.extension.manifest.Level;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Payloads in the very form in which the server composes them, for VMs of the kit's own. */
final class GoldenPayloads {
    private static final String EXTERNAL = "External:";
    private static final long MEMORY = 512L << 20;
    private static final Set<String> WITH_NICS = Set.of("prepare", "deploy", "start");
    private static final Map<String, String> STATES = Map.of(
            "prepare", "Starting",
            "deploy", "Starting",
            "start", "Starting",
            "stop", "Stopping",
            "reboot", "Running",
            "delete", "Expunging");

    private final Map<Level, Map<String, String>> details;
    private final ObjectMapper json;

    GoldenPayloads(Map<Level, Map<String, String>> given, Configuration configuration, ObjectMapper json) {
        this.details = withDefaults(given, configuration);
        this.json = json;
    }

    /** The payload of a verb, by Drover's name of it. */
    ObjectNode of(String verb, TestVm vm) {
        var ofVm = new TreeMap<String, String>();
        for (var level : List.of(Level.SERVICE_OFFERING, Level.TEMPLATE, Level.VM)) {
            ofVm.putAll(at(level));
        }
        var instance = new TreeMap<String, String>();
        ofVm.forEach((name, value) -> instance.put(EXTERNAL + name, value));
        instance.putAll(vm.kept());
        vm.kept().forEach((name, value) -> {
            if (name.startsWith(EXTERNAL)) {
                ofVm.put(name.substring(EXTERNAL.length()), value);
            }
        });
        if (Set.of("deploy", "start").contains(verb) && !vm.nics().isEmpty()) {
            ofVm.put("cloudstack.vlan", "untagged");
        }
        var payload = json.createObjectNode();
        var external = external(ofVm, verb);
        if (!external.isEmpty()) {
            payload.set("externaldetails", external);
        }
        payload.set("caller", caller());
        payload.put("virtualmachineid", vm.id().toString());
        payload.put("virtualmachinename", vm.name());
        payload.set("cloudstack.vm.details", details(verb, vm, instance));
        return payload;
    }

    /** The payload of a custom action. */
    ObjectNode ofAction(String action, ObjectNode parameters, Map<String, String> actionDetails, TestVm vm) {
        var payload = of("action", vm);
        payload.put("action", action);
        if (!parameters.isEmpty()) {
            payload.set("parameters", parameters);
        }
        if (!actionDetails.isEmpty()) {
            payload.withObjectProperty("externaldetails").set("action", json.valueToTree(new TreeMap<>(actionDetails)));
        }
        return payload;
    }

    private ObjectNode external(Map<String, String> ofVm, String verb) {
        var external = json.createObjectNode();
        for (var level : List.of(Level.EXTENSION, Level.RESOURCE_MAP, Level.HOST)) {
            if (!at(level).isEmpty()) {
                external.set(level.payloadKey(), json.valueToTree(new TreeMap<>(at(level))));
            }
        }
        if (!ofVm.isEmpty() || verb.equals("status")) {
            external.set(Level.VM.payloadKey(), json.valueToTree(ofVm));
        }
        return external;
    }

    private ObjectNode details(String verb, TestVm vm, Map<String, String> instance) {
        var node = json.createObjectNode();
        node.put("id", vm.number()).put("name", vm.name()).put("uuid", vm.id().toString());
        node.put("state", STATES.getOrDefault(verb, "Running")).put("type", "User");
        node.put("cpus", 1).put("minSpeed", 500).put("maxSpeed", 500);
        node.put("minRam", MEMORY).put("maxRam", MEMORY).put("arch", "x86_64").put("bootArgs", "");
        for (var flag : List.of("enableHA", "limitCpuUse", "enableDynamicallyScaleVm", "enterHardwareSetup")) {
            node.put(flag, false);
        }
        node.put("vncPassword", vm.vncPassword());
        var kept = node.putObject("details");
        instance.forEach(kept::put);
        if (!vm.isDeployed()) {
            kept.put("deployvm", "true");
        }
        node.putArray("disks");
        var segments = json.createObjectNode();
        node.set("nics", nics(verb, vm, segments));
        node.put("configDriveLocation", "SECONDARY");
        if (!verb.equals("stop")) {
            node.putObject("guestOsDetails");
            node.putObject("extraConfig");
            node.set("networkIdToNetworkNameMap", segments);
        }
        node.put("metadataManufacturer", "Apache Software Foundation");
        node.put("metadataProductName", "CloudStack External Hypervisor");
        return node;
    }

    private ArrayNode nics(String verb, TestVm vm, ObjectNode segments) {
        var nics = json.createArrayNode();
        if (WITH_NICS.contains(verb)) {
            for (var nic : vm.nics()) {
                nics.add(nic.deepCopy());
                segments.put(
                        nic.get("networkId").asText(),
                        nic.get("networkSegmentName").asText());
            }
        }
        return nics;
    }

    private ObjectNode caller() {
        return json.createObjectNode()
                .put("id", "00000000-0000-0001-0000-000000000001")
                .put("name", "conformance")
                .put("type", "ADMIN")
                .put("roleid", "d5a0c9c2-0001-4000-8000-000000000001")
                .put("rolename", "Root Admin")
                .put("roletype", "Admin");
    }

    private Map<String, String> at(Level level) {
        return details.getOrDefault(level, Map.of());
    }

    /** A default counts where no level that knows the detail has a value. */
    private static Map<Level, Map<String, String>> withDefaults(
            Map<Level, Map<String, String>> given, Configuration configuration) {
        Map<Level, Map<String, String>> all = new EnumMap<>(Level.class);
        given.forEach((level, values) -> all.put(level, new TreeMap<>(values)));
        for (var level : Level.values()) {
            configuration.at(level).forEach((name, field) -> {
                if (field.defaultValue() != null && isMissing(given, configuration, name, field)) {
                    all.computeIfAbsent(level, key -> new TreeMap<>()).put(name, field.defaultValue());
                }
            });
        }
        return all;
    }

    private static boolean isMissing(
            Map<Level, Map<String, String>> given, Configuration configuration, String name, DetailField field) {
        return configuration.levelsOf(name).stream()
                .noneMatch(level -> given.getOrDefault(level, Map.of()).containsKey(name));
    }
}
