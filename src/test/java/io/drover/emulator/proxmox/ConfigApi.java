package io.drover.emulator.proxmox;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Making, configuring and removing VMs. */
final class ConfigApi {

    private static final Pattern DRIVE = Pattern.compile("(scsi|virtio|sata|ide)\\d+");
    private static final Pattern NEW_DISK = Pattern.compile("([A-Za-z][\\w.-]*):(\\d+)(,.*)?");

    private final Cluster cluster;

    ConfigApi(Cluster cluster, Router router) {
        this.cluster = cluster;
        var vm = "/nodes/{node}/qemu/{vmid}";
        router.add(
                "POST",
                "/nodes/{node}/qemu",
                Schema.CREATE,
                (call, path) -> create(cluster.nodeOf(call, path.group("node")), new TreeMap<>(call.parameters())));
        router.add("GET", vm + "/config", Schema.READ_CONFIG, (call, path) -> {
            cluster.require("VM.Audit", "/vms/" + Router.vmid(path));
            return cluster.vm(cluster.nodeOf(call, path.group("node")), Router.vmid(path)).config;
        });
        router.add("PUT", vm + "/config", Schema.UPDATE, (call, path) -> {
            update(cluster.unlocked(cluster.nodeOf(call, path.group("node")), Router.vmid(path)), call.parameters());
            return null;
        });
        router.add("POST", vm + "/config", Schema.UPDATE, (call, path) -> {
            var machine = cluster.unlocked(cluster.nodeOf(call, path.group("node")), Router.vmid(path));
            check(machine, call.parameters());
            return cluster.tasks.start(
                    machine.node, "qmconfig", machine.id, () -> apply(machine, call.parameters()), () -> {});
        });
        router.add(
                "PUT",
                vm + "/resize",
                Schema.RESIZE,
                (call, path) -> resize(
                        cluster.unlocked(cluster.nodeOf(call, path.group("node")), Router.vmid(path)),
                        call.parameters()));
    }

    private String create(String node, Map<String, String> parameters) {
        int vmid = Integer.parseInt(parameters.remove("vmid"));
        cluster.require("VM.Allocate", "/vms/" + vmid);
        var pool = parameters.remove("pool");
        if (pool != null && !cluster.pools.contains(pool)) {
            throw new Refusal(500, "pool '%s' does not exist".formatted(pool));
        }
        if (cluster.taken(vmid)) {
            throw new Refusal(
                    500, "unable to create VM %d - VM %d already exists on node '%s'".formatted(vmid, vmid, node));
        }
        var vm = new Vm(vmid, node);
        check(vm, parameters);
        vm.config.put("lock", "create");
        cluster.vms.put(vmid, vm);
        return cluster.tasks.start(
                node,
                "qmcreate",
                vmid,
                () -> {
                    apply(vm, parameters);
                    vm.config.remove("lock");
                },
                () -> cluster.drop(vm));
    }

    private void update(Vm vm, Map<String, String> parameters) {
        check(vm, parameters);
        try {
            apply(vm, parameters);
        } catch (TaskError error) {
            throw new Refusal(500, error.getMessage());
        }
    }

    /** Refuses what Proxmox refuses before it begins. */
    private void check(Vm vm, Map<String, String> parameters) {
        parameters.forEach((name, value) -> {
            if (name.startsWith("net")) {
                var bridge = value.replaceAll(".*bridge=([^,]+).*", "$1");
                cluster.require("SDN.Use", "/sdn/zones/localnetwork/" + bridge);
            } else if (DRIVE.matcher(name).matches()) {
                drive(vm, value);
            } else if (name.equals("memory")) {
                cluster.require("VM.Config.Memory", "/vms/" + vm.id);
            } else if (name.equals("tags") || name.equals("boot")) {
                cluster.require("VM.Config.Options", "/vms/" + vm.id);
            }
        });
        for (var device : parameters.getOrDefault("boot", "order=").substring(6).split(";")) {
            if (!device.isEmpty() && !parameters.containsKey(device) && !vm.config.containsKey(device)) {
                throw Refusal.parameter("boot", "invalid bootorder: device '%s' does not exist".formatted(device));
            }
        }
    }

    private void drive(Vm vm, String value) {
        var disk = NEW_DISK.matcher(value);
        if (disk.matches()) {
            cluster.storage(disk.group(1));
            cluster.require("Datastore.AllocateSpace", "/storage/" + disk.group(1));
        } else if (value.contains("media=cdrom")
                && !value.startsWith("none")
                && !cluster.isos.contains(value.split(",")[0])) {
            throw new Refusal(500, "volume '%s' does not exist".formatted(value.split(",")[0]));
        }
    }

    private void apply(Vm vm, Map<String, String> parameters) {
        for (var name : List.of(parameters.getOrDefault("delete", "").split(","))) {
            vm.config.remove(name);
        }
        parameters.forEach((name, value) -> {
            var disk = NEW_DISK.matcher(value);
            if (name.equals("delete") || name.equals("digest")) {
                return;
            }
            if (DRIVE.matcher(name).matches() && disk.matches()) {
                var old = vm.config.get(name);
                long gib = Long.parseLong(disk.group(2));
                var volume = cluster.storage(disk.group(1)).allocate(vm.id, gib * Storage.GIB);
                vm.config.put(name, "%s,size=%dG".formatted(volume, gib));
                if (old != null) {
                    vm.config.put("unused0", old.split(",")[0]);
                }
            } else {
                vm.config.put(name, value);
            }
        });
    }

    private String resize(Vm vm, Map<String, String> parameters) {
        var drive = vm.config.get(parameters.get("disk"));
        if (drive == null) {
            throw new Refusal(500, "disk '%s' does not exist".formatted(parameters.get("disk")));
        }
        var size = parameters.get("size");
        if (!size.matches("\\d+G")) {
            throw new UnsupportedOperationException("the emulator resizes to whole GiB only");
        }
        long have = Long.parseLong(drive.replaceAll(".*size=(\\d+)G.*", "$1"));
        long wanted = Long.parseLong(size.substring(0, size.length() - 1));
        if (wanted < have) {
            throw new Refusal(500, "shrinking disks is not supported");
        }
        return cluster.tasks.start(
                vm.node,
                "resize",
                vm.id,
                () -> {
                    var volume = drive.split(",")[0].split(":");
                    cluster.storage(volume[0]).grow(volume[1].replaceAll(".*/", ""), wanted * Storage.GIB);
                    vm.config.put(parameters.get("disk"), drive.replaceAll("size=\\d+G", "size=" + wanted + "G"));
                },
                () -> {});
    }
}
