package io.drover.emulator.proxmox;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;

/** State, power and consoles of VMs. */
final class PowerApi {

    private final Cluster cluster;
    private final Consoles consoles;

    PowerApi(Cluster cluster, Consoles consoles, Router router) {
        this.cluster = cluster;
        this.consoles = consoles;
        var vm = "/nodes/{node}/qemu/{vmid}";
        router.add("GET", vm + "/status/current", Schema.NONE, (call, path) -> {
            cluster.require("VM.Audit", "/vms/" + Router.vmid(path));
            return status(cluster.vm(cluster.nodeOf(call, path.group("node")), Router.vmid(path)));
        });
        router.add(
                "POST", vm + "/status/start", Schema.START, (call, path) -> task(call, path, "qmstart", this::start));
        router.add(
                "POST",
                vm + "/status/stop",
                Schema.STOP,
                (call, path) -> task(call, path, "qmstop", it -> it.power(false)));
        router.add(
                "POST",
                vm + "/status/reset",
                Schema.RESET,
                (call, path) -> task(call, path, "qmreset", it -> {
                    on(it);
                    if (!it.qmp.equals("running") && !it.qmp.equals("io-error")) {
                        it.qmp = "prelaunch";
                    }
                }));
        router.add(
                "POST",
                vm + "/status/resume",
                Schema.RESET,
                (call, path) -> task(call, path, "qmresume", it -> {
                    on(it);
                    it.goOn();
                }));
        router.add(
                "POST",
                vm + "/status/shutdown",
                Schema.SHUTDOWN,
                (call, path) -> task(call, path, "qmshutdown", it -> {
                    hears(it);
                    if (!it.guestObeys && !"1".equals(call.parameters().get("forceStop"))) {
                        throw new TaskError("VM quit/powerdown failed - got timeout");
                    }
                    it.power(false);
                }));
        router.add(
                "POST",
                vm + "/status/reboot",
                Schema.REBOOT,
                (call, path) -> task(call, path, "qmreboot", it -> {
                    hears(it);
                    if (!it.guestObeys) {
                        throw new TaskError("VM quit/powerdown failed");
                    }
                    it.power(true);
                }));
        router.add("POST", vm + "/vncproxy", Schema.VNC, this::console);
    }

    private String task(Call call, Matcher path, String type, Consumer<Vm> effect) {
        var node = cluster.nodeOf(call, path.group("node"));
        cluster.require("VM.PowerMgmt", "/vms/" + Router.vmid(path));
        var vm = cluster.vm(node, Router.vmid(path));
        return cluster.tasks.start(
                node,
                type,
                vm.id,
                () -> {
                    if (vm.lockMessage() != null && !(type.equals("qmstart") && vm.config.containsKey("vmstate"))) {
                        throw new TaskError(vm.lockMessage());
                    }
                    effect.accept(vm);
                },
                () -> {});
    }

    private void start(Vm vm) {
        if (vm.running) {
            throw new TaskError("VM %d already running".formatted(vm.id));
        }
        vm.config.forEach((name, value) -> {
            var bridge = value.replaceAll(".*bridge=([^,]+).*", "$1");
            if (name.startsWith("net") && !cluster.bridges.contains(bridge)) {
                throw new TaskError("bridge '%s' does not exist".formatted(bridge));
            }
        });
        vm.power(true);
        if (vm.config.remove("vmstate") != null) {
            vm.config.remove("lock");
        }
    }

    private static void hears(Vm vm) {
        on(vm);
        if (!vm.qmp.equals("running")) {
            throw new TaskError("VM is paused - cannot shutdown");
        }
    }

    private static void on(Vm vm) {
        if (!vm.running) {
            throw new TaskError("VM %d not running".formatted(vm.id));
        }
    }

    private static Map<String, Object> status(Vm vm) {
        Map<String, Object> status = new HashMap<>();
        status.put("vmid", vm.id);
        status.put("status", vm.running ? "running" : "stopped");
        status.put("qmpstatus", vm.running ? vm.qmp : "stopped");
        status.put("uptime", vm.running ? (System.nanoTime() - vm.startedAt) / 1_000_000_000 : 0);
        if (vm.running) {
            status.put("pid", vm.pid);
        }
        status.put("name", vm.config.getOrDefault("name", ""));
        return status;
    }

    private Object console(Call call, Matcher path) {
        cluster.require("VM.Console", "/vms/" + Router.vmid(path));
        var vm = cluster.vm(cluster.nodeOf(call, path.group("node")), Router.vmid(path));
        var upid = cluster.tasks.start(vm.node, "vncproxy", vm.id, () -> {}, () -> {});
        return consoles.open(vm.id, upid);
    }
}
