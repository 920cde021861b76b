package io.drover.emulator.proxmox;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** All that the emulated cluster has. Guarded by its own lock while a request is handled. */
final class Cluster {

    final Set<String> nodes = new TreeSet<>(Set.of("pve1", "pve2"));
    final Set<String> offline = new TreeSet<>();
    final Set<String> bridges = new TreeSet<>(Set.of("vmbr0", "vmbr1"));
    final Set<String> pools = new TreeSet<>(Set.of("drover"));
    final Set<String> isos = new TreeSet<>(Set.of("local:iso/debian.iso"));
    final Map<String, Storage> storages = new TreeMap<>();
    final Map<Integer, Vm> vms = new TreeMap<>();
    final Set<Integer> containers = new TreeSet<>();
    final Set<Integer> jobs = new TreeSet<>();
    final Tasks tasks;
    private final Map<String, String> denied = new TreeMap<>();

    Cluster(String user) {
        tasks = new Tasks(user);
        for (var name : List.of("local-lvm", "ceph")) {
            storages.put(name, new Storage(name, 1000));
        }
    }

    /** Takes a privilege away on a path and all below it; with no path it gives it back. */
    void deny(String privilege, String path) {
        denied.compute(privilege, (key, before) -> path);
    }

    void require(String privilege, String path) {
        var root = denied.get(privilege);
        if (root != null && (path.equals(root) || path.startsWith(root + "/") || root.equals("/"))) {
            throw new Refusal(403, "Permission check failed (%s, %s)".formatted(path, privilege));
        }
    }

    boolean allows(String privilege, String path) {
        try {
            require(privilege, path);
            return true;
        } catch (Refusal refusal) {
            return false;
        }
    }

    boolean taken(int vmid) {
        return vms.containsKey(vmid) || containers.contains(vmid);
    }

    int nextId() {
        int id = 100;
        while (taken(id)) {
            id++;
        }
        return id;
    }

    String nodeOf(Call call, String node) {
        if (!nodes.contains(node)) {
            throw new Refusal(
                    500,
                    "hostname lookup '%s' failed - failed to get address info for: %s: Name or service not known"
                            .formatted(node, node));
        }
        if (offline.contains(node)) {
            throw new Refusal(595, "No route to host");
        }
        return node;
    }

    /** The VM on that node, with its lock taken off if it is time. */
    Vm vm(String node, int vmid) {
        var vm = vms.get(vmid);
        if (vm == null || !vm.node.equals(node)) {
            throw Refusal.noSuchVm(node, vmid);
        }
        vm.unlockWhenDue();
        return vm;
    }

    Vm unlocked(String node, int vmid) {
        var vm = vm(node, vmid);
        if (vm.lockMessage() != null) {
            throw new Refusal(500, vm.lockMessage());
        }
        return vm;
    }

    /** Names of all volumes of a VM, on every storage, referenced or not. */
    List<String> volumesOf(int vmid) {
        List<String> found = new ArrayList<>();
        storages.values()
                .forEach(storage -> storage.volumes.forEach((name, volume) -> {
                    if (volume.vmid() == vmid) {
                        found.add(storage.name + ":" + name);
                    }
                }));
        return found;
    }

    Storage storage(String name) {
        var storage = storages.get(name);
        if (storage == null) {
            throw new Refusal(500, "storage '%s' does not exist".formatted(name));
        }
        return storage;
    }

    void drop(Vm vm) {
        vms.remove(vm.id);
        storages.values().forEach(storage -> storage.removeAllOf(vm.id));
    }
}
