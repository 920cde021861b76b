package io.drover.emulator.proxmox;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A storage for disk images: its volumes by name with their sizes. */
final class Storage {

    record Volume(int vmid, long bytes) {}

    static final long GIB = 1L << 30;

    final String name;
    final Map<String, Volume> volumes = new TreeMap<>();
    boolean active = true;
    private long capacity;

    Storage(String name, long gibibytes) {
        this.name = name;
        this.capacity = gibibytes * GIB;
    }

    void shrinkTo(long gibibytes) {
        capacity = gibibytes * GIB;
    }

    /** Makes a volume for a VM and says its id. */
    String allocate(int vmid, long bytes) {
        reserve(bytes);
        int number = 0;
        while (volumes.containsKey("vm-%d-disk-%d".formatted(vmid, number))) {
            number++;
        }
        var volume = "vm-%d-disk-%d".formatted(vmid, number);
        volumes.put(volume, new Volume(vmid, bytes));
        return name + ":" + volume;
    }

    void grow(String volume, long bytes) {
        var old = volumes.get(volume);
        reserve(bytes - old.bytes());
        volumes.put(volume, new Volume(old.vmid(), bytes));
    }

    void removeAllOf(int vmid) {
        volumes.values().removeIf(volume -> volume.vmid() == vmid);
    }

    private void reserve(long bytes) {
        long used = volumes.values().stream().collect(Collectors.summingLong(Volume::bytes));
        if (used + bytes > capacity) {
            throw new TaskError("lvcreate '%s' error: Volume group has insufficient free space".formatted(name));
        }
    }
}
