package io.drover.emulator.maas;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A machine that the emulated MAAS has. Things that take time go on each time it is looked at. */
final class Machine {

    static final int READY = 4;
    static final int DEPLOYED = 6;
    static final int BROKEN = 8;
    static final int DEPLOYING = 9;
    static final int ALLOCATED = 10;
    static final int FAILED_DEPLOYMENT = 11;
    static final int RELEASING = 12;
    static final int FAILED_RELEASING = 13;
    static final int ERASING = 14;

    private static final Map<Integer, String> NAMES = Map.of(
            READY, "Ready",
            DEPLOYED, "Deployed",
            BROKEN, "Broken",
            DEPLOYING, "Deploying",
            ALLOCATED, "Allocated",
            FAILED_DEPLOYMENT, "Failed deployment",
            RELEASING, "Releasing",
            FAILED_RELEASING, "Releasing failed",
            ERASING, "Disk erasing");

    final String systemId;
    final int cpus;
    final int memory;
    final Map<String, String> annotations = new LinkedHashMap<>();
    String arch = "amd64/generic";
    String pool = "default";
    Set<String> tags = Set.of();
    List<String> macs;
    int status = READY;
    String message = "";
    String agentName = "";
    boolean on;
    boolean locked;
    Map<String, String> deployment = Map.of();
    Map<String, String> released = Map.of();
    private int looksLeft;
    private int next = READY;

    Machine(String systemId, int cpus, int memory, String... macs) {
        this.systemId = systemId;
        this.cpus = cpus;
        this.memory = memory;
        this.macs = List.of(macs);
    }

    /** Takes a state that becomes another after so many looks. */
    void begin(int now, int then, int looks) {
        status = now;
        next = then;
        looksLeft = looks;
    }

    /** Lets time go on. */
    void look() {
        if (status != DEPLOYING && status != RELEASING && status != ERASING || looksLeft-- > 0) {
            return;
        }
        on = next == DEPLOYED;
        status = next;
        message = next == FAILED_DEPLOYMENT ? "Installation failed: no space left on device" : "";
        if (next == READY) {
            free();
        }
    }

    /** Forgets whose it was. */
    void free() {
        agentName = "";
        annotations.clear();
    }

    Map<String, Object> json() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("system_id", systemId);
        fields.put("hostname", "metal-" + systemId);
        fields.put("status", status);
        fields.put("status_name", NAMES.get(status));
        fields.put("status_message", message);
        fields.put("power_state", on ? "on" : "off");
        fields.put("cpu_count", cpus);
        fields.put("memory", memory);
        fields.put("architecture", arch);
        fields.put("locked", locked);
        fields.put("pool", Map.of("name", pool));
        fields.put("tag_names", tags);
        fields.put("owner_data", annotations);
        fields.put("workload_annotations", annotations);
        fields.put("boot_interface", macs.isEmpty() ? null : card(macs.get(macs.size() - 1)));
        fields.put("interface_set", macs.stream().map(Machine::card).toList());
        return fields;
    }

    private static Map<String, String> card(String mac) {
        return Map.of("mac_address", mac, "type", "physical");
    }
}
