package io.drover.emulator.proxmox;

import java.util.Map;

/** Removing VMs. */
final class DeletionApi {

    private final Cluster cluster;

    DeletionApi(Cluster cluster, Router router) {
        this.cluster = cluster;
        router.add(
                "DELETE",
                "/nodes/{node}/qemu/{vmid}",
                Schema.DELETE,
                (call, path) -> delete(
                        deletable(cluster.vm(cluster.nodeOf(call, path.group("node")), Router.vmid(path))),
                        call.parameters()));
    }

    /** One that is suspended may be deleted with its memory. */
    private static Vm deletable(Vm vm) {
        if (vm.lockMessage() != null && !"suspended".equals(vm.config.get("lock"))) {
            throw new Refusal(500, vm.lockMessage());
        }
        return vm;
    }

    private String delete(Vm vm, Map<String, String> parameters) {
        cluster.require("VM.Allocate", "/vms/" + vm.id);
        if (vm.running) {
            throw new Refusal(500, "VM %d is running - destroy failed".formatted(vm.id));
        }
        if ("1".equals(vm.config.get("protection"))) {
            throw new Refusal(500, "can't remove VM %d - protection mode enabled".formatted(vm.id));
        }
        return cluster.tasks.start(
                vm.node,
                "qmdestroy",
                vm.id,
                () -> {
                    boolean all = "1".equals(parameters.get("destroy-unreferenced-disks"));
                    cluster.storages.values().forEach(storage -> storage.volumes
                            .entrySet()
                            .removeIf(entry -> entry.getValue().vmid() == vm.id
                                    && (all || refersTo(vm, storage.name, entry.getKey()))));
                    if ("1".equals(parameters.get("purge"))) {
                        cluster.jobs.remove(vm.id);
                    }
                    cluster.vms.remove(vm.id);
                },
                () -> {});
    }

    private static boolean refersTo(Vm vm, String storage, String volume) {
        return vm.config.values().stream()
                .map(value -> value.split(",")[0])
                .anyMatch(drive -> drive.startsWith(storage + ":") && drive.endsWith(volume));
    }
}
