package io.drover.emulator.proxmox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Snapshots of VMs. */
final class SnapshotApi {

    private final Cluster cluster;

    SnapshotApi(Cluster cluster, Router router) {
        this.cluster = cluster;
        var snapshots = "/nodes/{node}/qemu/{vmid}/snapshot";
        router.add("GET", snapshots, Schema.NONE, (call, path) -> {
            cluster.require("VM.Audit", "/vms/" + Router.vmid(path));
            return list(cluster.vm(cluster.nodeOf(call, path.group("node")), Router.vmid(path)));
        });
        router.add("POST", snapshots, Schema.SNAPSHOT, (call, path) -> {
            cluster.require("VM.Snapshot", "/vms/" + Router.vmid(path));
            return take(
                    cluster.unlocked(cluster.nodeOf(call, path.group("node")), Router.vmid(path)), call.parameters());
        });
        router.add("POST", snapshots + "/{snapname}/rollback", Schema.ROLLBACK, (call, path) -> {
            cluster.require("VM.Snapshot.Rollback", "/vms/" + Router.vmid(path));
            var vm = cluster.unlocked(cluster.nodeOf(call, path.group("node")), Router.vmid(path));
            return rollBack(vm, path.group("snapname"));
        });
        router.add("DELETE", snapshots + "/{snapname}", Schema.FORCE, (call, path) -> {
            cluster.require("VM.Snapshot", "/vms/" + Router.vmid(path));
            var vm = cluster.unlocked(cluster.nodeOf(call, path.group("node")), Router.vmid(path));
            return remove(vm, path.group("snapname"));
        });
    }

    private static List<Map<String, Object>> list(Vm vm) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (var snapshot : vm.snapshots.values()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("name", snapshot.name());
            row.put("description", snapshot.description());
            row.put("snaptime", snapshot.time());
            row.put("vmstate", snapshot.memory() ? 1 : 0);
            if (!snapshot.parent().isEmpty()) {
                row.put("parent", snapshot.parent());
            }
            rows.add(row);
        }
        rows.add(Map.of("name", "current", "description", "You are here!", "running", vm.running ? 1 : 0));
        return rows;
    }

    private String take(Vm vm, Map<String, String> parameters) {
        var name = parameters.get("snapname");
        if (vm.snapshots.containsKey(name)) {
            throw new Refusal(500, "snapshot name '%s' already used".formatted(name));
        }
        vm.config.put("lock", "snapshot");
        boolean memory = vm.running && "1".equals(parameters.get("vmstate"));
        return cluster.tasks.start(
                vm.node,
                "qmsnapshot",
                vm.id,
                () -> {
                    vm.config.remove("lock");
                    var parent = vm.config.getOrDefault("parent", "");
                    vm.snapshots.put(
                            name,
                            new Vm.Snapshot(
                                    name,
                                    parameters.getOrDefault("description", ""),
                                    memory,
                                    System.currentTimeMillis() / 1000,
                                    parent,
                                    new TreeMap<>(vm.config)));
                    vm.config.put("parent", name);
                },
                () -> vm.config.remove("lock"));
    }

    private String rollBack(Vm vm, String name) {
        var snapshot = known(vm, name);
        vm.config.put("lock", "rollback");
        return cluster.tasks.start(
                vm.node,
                "qmrollback",
                vm.id,
                () -> {
                    vm.config.clear();
                    vm.config.putAll(snapshot.config());
                    vm.config.put("parent", name);
                    vm.power(snapshot.memory());
                },
                () -> vm.config.remove("lock"));
    }

    private String remove(Vm vm, String name) {
        known(vm, name);
        vm.config.put("lock", "snapshot-delete");
        return cluster.tasks.start(
                vm.node,
                "qmdelsnapshot",
                vm.id,
                () -> {
                    vm.config.remove("lock");
                    vm.snapshots.remove(name);
                },
                () -> vm.config.remove("lock"));
    }

    private static Vm.Snapshot known(Vm vm, String name) {
        var snapshot = vm.snapshots.get(name);
        if (snapshot == null) {
            throw new Refusal(500, "snapshot '%s' does not exist".formatted(name));
        }
        return snapshot;
    }
}
