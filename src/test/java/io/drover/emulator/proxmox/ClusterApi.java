package io.drover.emulator.proxmox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Version, numbers, listings and tasks. */
final class ClusterApi {

    private final Cluster cluster;

    ClusterApi(Cluster cluster, Router router) {
        this.cluster = cluster;
        router.add("GET", "/version", Schema.NONE, (call, path) -> Map.of("version", "8.4.1", "release", "8.4"));
        router.add(
                "GET",
                "/cluster/nextid",
                Schema.NEXTID,
                (call, path) -> nextId(call.parameters().get("vmid")));
        router.add("GET", "/cluster/resources", Schema.RESOURCES, (call, path) -> resources());
        router.add(
                "GET",
                "/nodes/{node}/qemu",
                Schema.LIST,
                (call, path) -> list(
                        cluster.nodeOf(call, path.group("node")),
                        "1".equals(call.parameters().get("full"))));
        router.add("GET", "/access/permissions", Schema.PATH, (call, path) -> {
            var where = call.parameters().get("path");
            Map<String, Integer> granted = new TreeMap<>();
            for (var privilege : List.of("VM.Allocate", "VM.Audit", "VM.PowerMgmt")) {
                if (cluster.allows(privilege, where)) {
                    granted.put(privilege, 1);
                }
            }
            return Map.of(where, granted);
        });
        router.add("GET", "/nodes/{node}/storage/{snapname}/status", Schema.NONE, (call, path) -> {
            cluster.require("Datastore.Audit", "/storage/" + path.group("snapname"));
            return Map.of(
                    "active", cluster.storage(path.group("snapname")).active ? 1 : 0, "enabled", 1, "type", "lvmthin");
        });
        router.add(
                "GET",
                "/nodes/{node}/tasks/{upid}/status",
                Schema.NONE,
                (call, path) -> status(task(path.group("upid"))));
        router.add("GET", "/nodes/{node}/tasks/{upid}/log", Schema.LOG, (call, path) -> log(task(path.group("upid"))));
        router.add("DELETE", "/nodes/{node}/tasks/{upid}", Schema.NONE, (call, path) -> {
            cluster.tasks.abort(task(path.group("upid")));
            return null;
        });
    }

    private String nextId(String wanted) {
        if (wanted == null) {
            return String.valueOf(cluster.nextId());
        }
        if (cluster.taken(Integer.parseInt(wanted))) {
            throw Refusal.parameter("vmid", "VM %s already exists".formatted(wanted));
        }
        return wanted;
    }

    private List<Map<String, Object>> resources() {
        return cluster.vms.values().stream()
                .filter(vm -> cluster.allows("VM.Audit", "/vms/" + vm.id))
                .map(vm -> {
                    var row = row(vm);
                    row.put("id", "qemu/" + vm.id);
                    row.put("type", "qemu");
                    row.put("node", vm.node);
                    return row;
                })
                .toList();
    }

    private List<Map<String, Object>> list(String node, boolean full) {
        return cluster.vms.values().stream()
                .filter(vm -> vm.node.equals(node) && cluster.allows("VM.Audit", "/vms/" + vm.id))
                .map(vm -> {
                    var row = row(vm);
                    if (full) {
                        row.put("qmpstatus", vm.running ? vm.qmp : "stopped");
                    }
                    return row;
                })
                .toList();
    }

    private static Map<String, Object> row(Vm vm) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("vmid", vm.id);
        row.put("status", vm.running ? "running" : "stopped");
        for (var name : List.of("name", "tags", "lock")) {
            if (vm.config.containsKey(name)) {
                row.put(name, vm.config.get(name));
            }
        }
        if ("1".equals(vm.config.get("template"))) {
            row.put("template", 1);
        }
        return row;
    }

    private Tasks.Task task(String upid) {
        var task = cluster.tasks.get(upid);
        if (task == null) {
            throw new Refusal(500, "no such task");
        }
        return task;
    }

    private static Map<String, Object> status(Tasks.Task task) {
        Map<String, Object> status =
                new TreeMap<>(Map.of("upid", task.upid, "type", task.type, "id", task.id, "node", task.node));
        status.put("status", task.ending == null ? "running" : "stopped");
        if (task.ending != null) {
            status.put("exitstatus", task.ending);
        }
        return status;
    }

    private static List<Map<String, Object>> log(Tasks.Task task) {
        if (task.log.isEmpty()) {
            return List.of(Map.of("n", 1, "t", "no content"));
        }
        return List.of(Map.of("n", 1, "t", task.log.get(0)));
    }
}
