package io.drover.emulator.proxmox;

import java.util.Map;
import java.util.Random;

/** Clones of templates, linked or with copies of their disks. */
final class CloneApi {

    private final Cluster cluster;
    private final Random random = new Random(1);

    CloneApi(Cluster cluster, Router router) {
        this.cluster = cluster;
        router.add("POST", "/nodes/{node}/qemu/{vmid}/clone", Schema.CLONE, (call, path) -> {
            cluster.require("VM.Clone", "/vms/" + Router.vmid(path));
            return clone(cluster.vm(cluster.nodeOf(call, path.group("node")), Router.vmid(path)), call.parameters());
        });
    }

    private String clone(Vm source, Map<String, String> parameters) {
        int vmid = Integer.parseInt(parameters.get("newid"));
        boolean template = "1".equals(source.config.get("template"));
        boolean full = !template || "1".equals(parameters.get("full"));
        cluster.require("VM.Allocate", "/vms/" + vmid);
        if (parameters.containsKey("storage")) {
            if (!full) {
                throw Refusal.parameter("storage", "parameter 'storage' not allowed for linked clones");
            }
            cluster.require("Datastore.AllocateSpace", "/storage/" + cluster.storage(parameters.get("storage")).name);
        }
        if (!template && "0".equals(parameters.get("full"))) {
            throw new Refusal(500, "Linked clone feature is not supported for drive 'scsi0'");
        }
        if (cluster.taken(vmid)) {
            throw new Refusal(500, "unable to create VM %d: config file already exists".formatted(vmid));
        }
        var vm = new Vm(vmid, parameters.getOrDefault("target", source.node));
        vm.config.put("lock", "clone");
        vm.config.put("name", parameters.getOrDefault("name", "Copy-of-VM-" + source.id));
        if (parameters.containsKey("description")) {
            vm.config.put("description", parameters.get("description"));
        }
        cluster.vms.put(vmid, vm);
        return cluster.tasks.start(
                source.node,
                "qmclone",
                source.id,
                () -> copy(source, vm, full, parameters.get("storage")),
                () -> cluster.drop(vm));
    }

    private void copy(Vm source, Vm vm, boolean full, String storage) {
        source.config.forEach((name, value) -> {
            if (name.matches("(scsi|virtio|sata|ide)\\d+") && !value.contains("media=cdrom")) {
                vm.config.put(name, disk(value, vm, full, storage));
            } else if (name.startsWith("net")) {
                vm.config.put(name, value.replaceFirst("=([0-9A-F]{2}:){5}[0-9A-F]{2}", "=" + mac()));
            } else if (!name.equals("template") && !name.equals("lock")) {
                vm.config.putIfAbsent(name, value);
            }
        });
        vm.config.remove("lock");
    }

    private String disk(String value, Vm vm, boolean full, String storage) {
        var place = value.substring(0, value.indexOf(':'));
        var base = value.substring(value.indexOf(':') + 1, value.indexOf(','));
        long gib = Long.parseLong(value.replaceAll(".*size=(\\d+)G.*", "$1"));
        try {
            var target = cluster.storage(full && storage != null ? storage : place);
            var volume = target.allocate(vm.id, full ? gib * Storage.GIB : 1);
            var shown = full ? volume : volume.replace(":", ":" + base + "/");
            return "%s,size=%dG".formatted(shown, gib);
        } catch (TaskError error) {
            throw new TaskError("clone failed: " + error.getMessage());
        }
    }

    private String mac() {
        return "BC:24:11:%02X:%02X:%02X".formatted(random.nextInt(256), random.nextInt(256), random.nextInt(256));
    }
}
