package io.drover.emulator.hyperv;

import io.drover.emulator.hyperv.Vm.Snapshot;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Cmdlets of the Hyper-V module for VMs, their power and their checkpoints. */
final class VmCmdlets {

    /** A cmdlet that does not come to an end. */
    static final class Endless extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private static final Set<String> OFF = Set.of("Off", "Saved");

    private final Host host;

    VmCmdlets(Host host) {
        this.host = host;
    }

    List<Cmdlet> all() {
        return List.of(
                Cmdlet.of("Get-VM", "Id", this::get),
                Cmdlet.of("New-VM", "Name Generation MemoryStartupBytes VHDPath Path", this::create),
                Cmdlet.of("Set-VM", "VM Notes", this::set),
                Cmdlet.of("Start-VM", "VM", arguments -> power(arguments, OFF, "Running")),
                Cmdlet.of("Stop-VM", "VM Force+ TurnOff+", this::stop),
                Cmdlet.of("Suspend-VM", "VM", arguments -> power(arguments, Set.of("Running"), "Paused")),
                Cmdlet.of(
                        "Resume-VM",
                        "VM",
                        arguments -> power(arguments, Set.of("Paused", "PausedCritical"), "Running")),
                Cmdlet.of("Remove-VMSavedState", "VM", arguments -> power(arguments, Set.of("Saved"), "Off")),
                Cmdlet.of("Remove-VM", "VM Force+", this::remove),
                Cmdlet.of("Checkpoint-VM", "VM SnapshotName", this::checkpoint),
                Cmdlet.of("Get-VMSnapshot", "VM Id", this::snapshots),
                Cmdlet.of("Restore-VMSnapshot", "VMSnapshot Confirm", this::restore),
                Cmdlet.of("Remove-VMSnapshot", "VMSnapshot Confirm", this::removeSnapshot));
    }

    private List<?> get(Arguments arguments) {
        if (!arguments.has("Id")) {
            return List.copyOf(host.vms.values());
        }
        var vm = host.vms.get(arguments.text("Id"));
        if (vm == null) {
            throw new PowerShellError(
                    "Hyper-V was unable to find a virtual machine with id \"" + arguments.text("Id") + "\".",
                    "InvalidParameter,Microsoft.HyperV.PowerShell.Commands.GetVM");
        }
        return List.of(vm);
    }

    private List<?> create(Arguments arguments) {
        host.requireFile(arguments.text("VHDPath"), "New-VM");
        long generation = arguments.number("Generation");
        if (generation == 2 && !arguments.text("VHDPath").endsWith(".vhdx")) {
            throw new PowerShellError("A generation 2 virtual machine needs a .vhdx disk.", "InvalidParameter,New-VM");
        }
        long memory = arguments.number("MemoryStartupBytes");
        if (memory < 32L << 20 || memory % (2 << 20) != 0) {
            throw new PowerShellError("Invalid memory size: " + memory, "InvalidParameter,New-VM");
        }
        var name = arguments.text("Name");
        var vm = new Vm(name, generation, memory, arguments.text("Path") + "\\" + name);
        vm.drives.add(0, new Vm.Drive("Disk", arguments.text("VHDPath")));
        host.addFolder(vm.path);
        host.vms.put(vm.id, vm);
        return List.of(vm);
    }

    private List<?> set(Arguments arguments) {
        arguments.value("VM", Vm.class).notes = arguments.text("Notes");
        return List.of();
    }

    private List<?> power(Arguments arguments, Set<String> from, String to) {
        var vm = arguments.value("VM", Vm.class);
        if (!from.contains(vm.state)) {
            throw new PowerShellError(
                    "The operation cannot be performed while the virtual machine is in its current state.",
                    "InvalidState," + arguments.cmdlet());
        }
        vm.state = vm.stuck && to.equals("Running") ? "PausedCritical" : to;
        return List.of();
    }

    private List<?> stop(Arguments arguments) {
        var vm = arguments.value("VM", Vm.class);
        if (!arguments.has("Force")) {
            throw new PowerShellError("Windows PowerShell is in NonInteractive mode.", "InvalidOperation,Stop-VM");
        }
        if (OFF.contains(vm.state)) {
            return List.of();
        }
        if (!arguments.has("TurnOff") && vm.state.startsWith("Paused")) {
            throw new PowerShellError(
                    "The operation cannot be performed while the virtual machine is in its current state.",
                    "InvalidState,Stop-VM");
        }
        if (!arguments.has("TurnOff") && !host.guests.equals("react")) {
            if (host.guests.equals("never")) {
                throw new Endless();
            }
            throw new PowerShellError(
                    "Failed to shut down virtual machine: the device is not ready for use.", "OperationFailed,Stop-VM");
        }
        vm.state = "Off";
        return List.of();
    }

    private List<?> remove(Arguments arguments) {
        var vm = arguments.value("VM", Vm.class);
        if (!OFF.contains(vm.state)) {
            throw new PowerShellError(
                    "The operation cannot be performed while the virtual machine is in its current state.",
                    "InvalidState,Remove-VM");
        }
        host.vms.remove(vm.id);
        return List.of();
    }

    private List<?> checkpoint(Arguments arguments) {
        var vm = arguments.value("VM", Vm.class);
        var parent = vm.snapshots.isEmpty()
                ? ""
                : vm.snapshots.get(vm.snapshots.size() - 1).name();
        vm.snapshots.add(new Snapshot(
                UUID.randomUUID().toString(), vm, arguments.text("SnapshotName"), parent, vm.state.equals("Running")));
        var disk = String.valueOf(vm.drives.get(0).path);
        host.files.add(disk.substring(0, disk.lastIndexOf('.')) + "_" + UUID.randomUUID() + ".avhdx");
        return List.of();
    }

    private List<?> snapshots(Arguments arguments) {
        if (arguments.has("VM")) {
            return List.copyOf(arguments.value("VM", Vm.class).snapshots);
        }
        var found = host.vms.values().stream()
                .flatMap(vm -> vm.snapshots.stream())
                .filter(snapshot -> snapshot.id().equals(arguments.text("Id")))
                .toList();
        if (found.isEmpty()) {
            throw new PowerShellError("Hyper-V was unable to find the checkpoint.", "InvalidParameter,Get-VMSnapshot");
        }
        return found;
    }

    private List<?> restore(Arguments arguments) {
        var snapshot = arguments.value("VMSnapshot", Snapshot.class);
        confirmed(arguments);
        snapshot.vm().corrupt |= snapshot.vm().state.equals("Saved");
        snapshot.vm().state = snapshot.wasRunning() ? "Saved" : "Off";
        return List.of();
    }

    private List<?> removeSnapshot(Arguments arguments) {
        var snapshot = arguments.value("VMSnapshot", Snapshot.class);
        confirmed(arguments);
        snapshot.vm().snapshots.remove(snapshot);
        return List.of();
    }

    private static void confirmed(Arguments arguments) {
        if (!Boolean.FALSE.equals(arguments.given().get("Confirm"))) {
            throw new PowerShellError("Windows PowerShell is in NonInteractive mode.", "InvalidOperation");
        }
    }
}
