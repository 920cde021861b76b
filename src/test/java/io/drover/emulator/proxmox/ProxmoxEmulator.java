package io.drover.emulator.proxmox;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Proxmox VE's API on a free port, as strict as the real one and as unreliable as asked: VMs, disks, snapshots and tasks are
 * kept in memory. What it covers is in the README beside it.
 */
public final class ProxmoxEmulator implements AutoCloseable {

    /** User, token id and secret that are accepted. */
    public static final String USER = "drover@pve";

    public static final String TOKEN = "drover";
    public static final String SECRET = "0e4c9c5e-6f6e-4d5c-9a0e-7d1f3b2a1c55";

    private final Cluster cluster = new Cluster(USER + "!" + TOKEN);
    private final Faults faults = new Faults();
    private final Gateway gateway = new Gateway(cluster, faults);
    private final Consoles consoles = new Consoles();
    private final Listener listener;

    /** Starts it with the nodes pve1 and pve2, the template 100 with a disk of 8 GiB, and an ISO. */
    public ProxmoxEmulator() throws IOException {
        var router = gateway.router();
        new ClusterApi(cluster, router);
        new ConfigApi(cluster, router);
        new DeletionApi(cluster, router);
        new CloneApi(cluster, router);
        new PowerApi(cluster, consoles, router);
        new SnapshotApi(cluster, router);
        var template = add(
                100,
                "pve1",
                Map.of(
                        "name",
                        "debian",
                        "template",
                        "1",
                        "cores",
                        "2",
                        "memory",
                        "512",
                        "ostype",
                        "l26",
                        "net0",
                        "e1000=BC:24:11:00:00:01,bridge=vmbr1",
                        "net1",
                        "virtio=BC:24:11:00:00:02,bridge=vmbr1",
                        "boot",
                        "order=scsi0",
                        "tags",
                        "golden"));
        var volume = cluster.storage("local-lvm").allocate(100, 8 * Storage.GIB);
        template.config.put("scsi0", volume + ",size=8G");
        listener = new Listener(gateway);
    }

    /** Where it listens. */
    public String url() {
        return "https://127.0.0.1:" + listener.port();
    }

    /** What shall go wrong with requests. */
    public Faults faults() {
        return faults;
    }

    /** What shall go wrong with tasks. */
    public Tasks tasks() {
        return cluster.tasks;
    }

    /** Its console tickets. */
    public Consoles consoles() {
        return consoles;
    }

    /** Sends the reason in the body, too, as newer versions do. */
    public void reasonInBody() {
        gateway.reasonInBody();
    }

    /** Takes a privilege away from the token on a path and below; with no path it gives it back. */
    public void deny(String privilege, @Nullable String path) {
        synchronized (cluster) {
            cluster.deny(privilege, path);
        }
    }

    /** Moves a VM to another node, as a migration does. */
    public void move(int vmid, String node) {
        synchronized (cluster) {
            cluster.vms.get(vmid).node = node;
        }
    }

    /** Adds a VM to a backup job. */
    public void addJob(int vmid) {
        synchronized (cluster) {
            cluster.jobs.add(vmid);
        }
    }

    /** Numbers of the VMs that backup jobs name. */
    public Set<Integer> jobs() {
        synchronized (cluster) {
            return Set.copyOf(cluster.jobs);
        }
    }

    /** Makes a node unreachable for the others. */
    public void takeOffline(String node) {
        synchronized (cluster) {
            cluster.offline.add(node);
        }
    }

    /** Leaves a storage only that many GiB in all. */
    public void shrink(String storage, long gibibytes) {
        synchronized (cluster) {
            cluster.storage(storage).shrinkTo(gibibytes);
        }
    }

    /** Makes a storage unavailable. */
    public void detach(String storage) {
        synchronized (cluster) {
            cluster.storage(storage).active = false;
        }
    }

    /** Adds a VM that is stopped. */
    public Vm add(int vmid, String node, Map<String, String> config) {
        synchronized (cluster) {
            var vm = new Vm(vmid, node);
            vm.config.putAll(config);
            cluster.vms.put(vmid, vm);
            return vm;
        }
    }

    /** Lets a number be taken by a container. */
    public void addContainer(int vmid) {
        synchronized (cluster) {
            cluster.containers.add(vmid);
        }
    }

    /** Adds a volume that no configuration names. */
    public void addStrayVolume(String storage, int vmid) {
        synchronized (cluster) {
            cluster.storage(storage).allocate(vmid, Storage.GIB);
        }
    }

    /** All VMs by number, after every task that is due. */
    public NavigableMap<Integer, Vm> vms() {
        synchronized (cluster) {
            cluster.tasks.settle();
            return new TreeMap<>(cluster.vms);
        }
    }

    /** Ids of all volumes of a VM. */
    public List<String> volumesOf(int vmid) {
        synchronized (cluster) {
            return cluster.volumesOf(vmid);
        }
    }

    /** Volumes whose VM does not exist. */
    public List<String> leakedVolumes() {
        synchronized (cluster) {
            cluster.tasks.settle();
            return cluster.storages.values().stream()
                    .flatMap(storage -> storage.volumes.values().stream())
                    .map(Storage.Volume::vmid)
                    .distinct()
                    .filter(vmid -> !cluster.vms.containsKey(vmid))
                    .flatMap(vmid -> cluster.volumesOf(vmid).stream())
                    .toList();
        }
    }

    /** Method and path of every request so far. */
    public List<String> requests() {
        return gateway.requests();
    }

    @Override
    public void close() throws IOException {
        gateway.close();
        listener.close();
    }
}
