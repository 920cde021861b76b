package io.drover.emulator.hyperv;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A virtual machine of the emulated host. */
final class Vm {

    /** A network adapter; an untagged one has VLAN 0. */
    static final class Adapter {
        final String name;
        final String network;
        String mac = "dynamic";
        long vlan;

        Adapter(String name, String network) {
            this.name = name;
            this.network = network;
        }
    }

    /** A drive and what is in it. */
    static final class Drive {
        final String kind;

        @Nullable
        String path;

        Drive(String kind, @Nullable String path) {
            this.kind = kind;
            this.path = path;
        }
    }

    /** A checkpoint. */
    record Snapshot(String id, Vm vm, String name, String parent, boolean wasRunning) {}

    final String id = UUID.randomUUID().toString();
    final String name;
    final long generation;
    final long memory;
    final String path;
    final List<Adapter> adapters = new ArrayList<>(List.of(new Adapter("Network Adapter", "")));
    final List<Drive> drives = new ArrayList<>();
    final List<Snapshot> snapshots = new ArrayList<>();
    String state = "Off";
    /** Whether it stops again whenever it goes on. */
    boolean stuck;
    /** Whether its disks were changed under memory that was saved. */
    boolean corrupt;

    String notes = "";
    long processors = 1;
    boolean dynamicMemory;
    String secureBoot = "MicrosoftWindows";
    List<String> bootOrder = List.of();

    Vm(String name, long generation, long memory, String path) {
        this.name = name;
        this.generation = generation;
        this.memory = memory;
        this.path = path;
        if (generation == 1) {
            drives.add(new Drive("Dvd", null));
        }
    }

    Map<String, Object> properties() {
        var properties = new LinkedHashMap<String, Object>();
        properties.put("Id", id);
        properties.put("Name", name);
        properties.put("State", state);
        properties.put("Notes", notes);
        properties.put("Path", path);
        return properties;
    }
}
