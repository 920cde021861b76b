package io.drover.emulator.proxmox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A payload as Drover writes it, for a VM of the emulated cluster. */
final class Payload {

    static final String ID = "ba4024c3-a2fd-4fb9-af9e-e4a4b2be59dc";

    private final Map<String, Map<String, String>> levels = new TreeMap<>();
    private final Map<String, String> kept = new TreeMap<>();
    private final Map<String, Object> parameters = new TreeMap<>();
    private final List<Map<String, Object>> nics = new ArrayList<>();
    private String id = ID;
    private String name = "i-2-20-VM";
    private String state = "Running";

    /** A VM from the template 100 with one NIC in VLAN 166. */
    static Payload of(ProxmoxEmulator proxmox) {
        var payload = new Payload()
                .with("extension", "url", proxmox.url())
                .with("extension", "user", ProxmoxEmulator.USER)
                .with("extension", "token", ProxmoxEmulator.TOKEN)
                .with("extension", "secret", ProxmoxEmulator.SECRET)
                .with("extension", "shutdown_timeout", "5")
                .with("host", "node", "pve1")
                .with("host", "network_bridge", "vmbr0")
                .with("extension", "verify_tls_certificate", "false")
                .with("virtualmachine", "template_type", "template")
                .with("virtualmachine", "template_id", "100");
        return payload.nic("02:01:00:d0:00:10", "vlan://166").kept("proxmox_vmid", "101");
    }

    /** The same from an ISO. */
    static Payload ofIso(ProxmoxEmulator proxmox) {
        return of(proxmox)
                .with("virtualmachine", "template_type", "iso")
                .with("virtualmachine", "iso_path", "local:iso/debian.iso");
    }

    Payload with(String level, String detail, String value) {
        levels.computeIfAbsent(level, key -> new TreeMap<>()).put(detail, value);
        return this;
    }

    Payload without(String level, String detail) {
        levels.get(level).remove(detail);
        return this;
    }

    Payload kept(String detail, String value) {
        kept.put(detail, value);
        return this;
    }

    Payload unprepared() {
        kept.remove("proxmox_vmid");
        return this;
    }

    Payload parameter(String key, Object value) {
        parameters.put(key, value);
        return this;
    }

    Payload vm(String newId, String newName) {
        id = newId;
        name = newName;
        return this;
    }

    /** As the calls of a deletion have it. */
    Payload expunging() {
        state = "Expunging";
        return this;
    }

    Payload nic(String mac, String vlan) {
        nics.add(Map.of("deviceId", nics.size(), "mac", mac, "broadcastUri", vlan, "defaultNic", nics.isEmpty()));
        return this;
    }

    Map<String, Object> json() {
        Map<String, Object> vm = new LinkedHashMap<>();
        vm.put("id", 20);
        vm.put("name", name);
        vm.put("uuid", id);
        vm.put("state", state);
        vm.put("cpus", 3);
        vm.put("minRam", 1L << 30);
        vm.put("maxRam", 1L << 30);
        vm.put("details", kept);
        vm.put("nics", nics);
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("externaldetails", levels);
        payload.put("virtualmachineid", id);
        payload.put("virtualmachinename", name);
        payload.put("cloudstack.vm.details", vm);
        if (!parameters.isEmpty()) {
            payload.put("parameters", parameters);
        }
        return payload;
    }
}
