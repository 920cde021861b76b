package io.drover.emulator.proxmox;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** A VM: its configuration as the API shows it, power, snapshots. */
public final class Vm {

    record Snapshot(
            String name, String description, boolean memory, long time, String parent, Map<String, String> config) {}

    final int id;
    String node;
    final Map<String, String> config = new TreeMap<>();
    final Map<String, Snapshot> snapshots = new LinkedHashMap<>();
    boolean running;
    long startedAt;
    int pid;
    boolean guestObeys = true;
    /** QEMU's word for the state of a VM that is on. */
    String qmp = "running";

    private boolean stuck;
    private long unlockedAt = Long.MAX_VALUE;

    Vm(int id, String node) {
        this.id = id;
        this.node = node;
    }

    /** The VM's number. */
    public int id() {
        return id;
    }

    /** What the API shows of its configuration. */
    public Map<String, String> config() {
        return new TreeMap<>(config);
    }

    /** Whether it is on. */
    public boolean running() {
        return running;
    }

    /** Names of its snapshots, oldest first. */
    public Iterable<String> snapshotNames() {
        return java.util.List.copyOf(snapshots.keySet());
    }

    /** Lets QEMU hold the guest of a VM that is on; one that is stuck stops again whenever it goes on. */
    public void stand(String word, boolean stuckThere) {
        qmp = word;
        stuck = stuckThere;
    }

    /** Saves its memory to disk and switches it off. */
    public void suspendToDisk() {
        running = false;
        config.put("lock", "suspended");
        config.put("vmstate", "local-lvm:vm-" + id + "-state-suspend");
    }

    void goOn() {
        qmp = stuck ? qmp : "running";
    }

    /** Makes the guest ignore requests to shut down. */
    public void ignoreShutdown() {
        guestObeys = false;
    }

    /** Locks the configuration for some time, as a backup does. */
    public void lock(String reason, Duration time) {
        config.put("lock", reason);
        unlockedAt = System.nanoTime() + time.toNanos();
    }

    void unlockWhenDue() {
        if (System.nanoTime() >= unlockedAt) {
            config.remove("lock");
            unlockedAt = Long.MAX_VALUE;
        }
    }

    void power(boolean on) {
        running = on;
        qmp = "running";
        pid++;
        startedAt = System.nanoTime();
    }

    String lockMessage() {
        return config.containsKey("lock") ? "VM is locked (%s)".formatted(config.get("lock")) : null;
    }
}
