package io.drover.emulator.hyperv;

import io.drover.emulator.hyperv.Vm.Adapter;
import io.drover.emulator.hyperv.Vm.Drive;
import java.util.ArrayList;
import java.util.List;

/** Cmdlets of the Hyper-V module for processors, memory, disks, drives, firmware and network adapters. */
final class HardwareCmdlets {

    private final Host host;

    HardwareCmdlets(Host host) {
        this.host = host;
    }

    List<Cmdlet> all() {
        return List.of(
                Cmdlet.of("New-VHD", "Path SizeBytes ParentPath Dynamic+ Differencing+", this::newVhd),
                Cmdlet.of("Set-VMProcessor", "VM Count", this::processors),
                Cmdlet.of("Set-VMMemory", "VM DynamicMemoryEnabled", this::memory),
                Cmdlet.of("Get-VMHardDiskDrive", "VM", arguments -> drives(arguments, "Disk")),
                Cmdlet.of("Get-VMDvdDrive", "VM", arguments -> drives(arguments, "Dvd")),
                Cmdlet.of("Add-VMDvdDrive", "VM Path Passthru+", this::addDvd),
                Cmdlet.of("Set-VMDvdDrive", "Path", this::setDvd),
                Cmdlet.of("Set-VMFirmware", "VM EnableSecureBoot SecureBootTemplate BootOrder", this::firmware),
                Cmdlet.of("Set-VMBios", "VM StartupOrder", this::bios),
                Cmdlet.of("Remove-VMNetworkAdapter", "VM", this::removeAdapters),
                Cmdlet.of("Add-VMNetworkAdapter", "VM Name SwitchName", this::addAdapter),
                Cmdlet.of("Set-VMNetworkAdapter", "VM Name StaticMacAddress", this::setAdapter),
                Cmdlet.of(
                        "Set-VMNetworkAdapterVlan", "VM VMNetworkAdapterName VlanId Access+ Untagged+", this::setVlan));
    }

    private List<?> newVhd(Arguments arguments) {
        boolean differencing = arguments.has("Differencing");
        if (differencing == arguments.has("Dynamic")) {
            throw new PowerShellError("Parameter set cannot be resolved.", "AmbiguousParameterSet,New-VHD");
        }
        if (differencing) {
            host.requireFile(arguments.text("ParentPath"), "New-VHD");
        } else if (arguments.number("SizeBytes") < 3 << 20) {
            throw new PowerShellError("The size is too small.", "InvalidParameter,New-VHD");
        }
        host.addFile(arguments.text("Path"), "New-VHD");
        return List.of(new Object());
    }

    private List<?> processors(Arguments arguments) {
        vm(arguments).processors = arguments.number("Count");
        return List.of();
    }

    private List<?> memory(Arguments arguments) {
        vm(arguments).dynamicMemory = arguments.value("DynamicMemoryEnabled", Boolean.class);
        return List.of();
    }

    private static List<?> drives(Arguments arguments, String kind) {
        return vm(arguments).drives.stream()
                .filter(drive -> drive.kind.equals(kind))
                .toList();
    }

    private List<?> addDvd(Arguments arguments) {
        host.requireFile(arguments.text("Path"), "Add-VMDvdDrive");
        var drive = new Drive("Dvd", arguments.text("Path"));
        vm(arguments).drives.add(drive);
        return arguments.has("Passthru") ? List.of(drive) : List.of();
    }

    private List<?> setDvd(Arguments arguments) {
        host.requireFile(arguments.text("Path"), "Set-VMDvdDrive");
        for (var drive : arguments.input()) {
            ((Drive) drive).path = arguments.text("Path");
        }
        return List.of();
    }

    private List<?> firmware(Arguments arguments) {
        var vm = vm(arguments);
        requireGeneration(vm, 2, "Set-VMFirmware");
        if (arguments.has("EnableSecureBoot")) {
            boolean on = arguments.text("EnableSecureBoot").equals("On");
            vm.secureBoot = on ? arguments.text("SecureBootTemplate") : "Off";
        }
        if (arguments.has("BootOrder")) {
            var order = new ArrayList<String>();
            for (var device : arguments.value("BootOrder", List.class)) {
                order.add(((Drive) device).kind);
            }
            vm.bootOrder = order;
        }
        return List.of();
    }

    private List<?> bios(Arguments arguments) {
        var vm = vm(arguments);
        requireGeneration(vm, 1, "Set-VMBios");
        var order = new ArrayList<String>();
        for (var device : arguments.value("StartupOrder", List.class)) {
            order.add(String.valueOf(device));
        }
        vm.bootOrder = order;
        return List.of();
    }

    private static void requireGeneration(Vm vm, long generation, String cmdlet) {
        if (vm.generation != generation) {
            throw new PowerShellError("The virtual machine is of another generation.", "InvalidParameter," + cmdlet);
        }
    }

    private List<?> removeAdapters(Arguments arguments) {
        vm(arguments).adapters.clear();
        return List.of();
    }

    private List<?> addAdapter(Arguments arguments) {
        var network = arguments.text("SwitchName");
        if (!host.switches.contains(network)) {
            throw new PowerShellError(
                    "Hyper-V was unable to find a virtual switch with name \"" + network + "\".",
                    "InvalidParameter,Add-VMNetworkAdapter");
        }
        vm(arguments).adapters.add(new Adapter(arguments.text("Name"), network));
        return List.of();
    }

    private List<?> setAdapter(Arguments arguments) {
        var mac = arguments.text("StaticMacAddress");
        if (!mac.matches("[0-9A-F]{12}")) {
            throw new PowerShellError("'" + mac + "' is not a MAC address.", "InvalidParameter,Set-VMNetworkAdapter");
        }
        adapter(arguments, "Name").mac = mac;
        return List.of();
    }

    private List<?> setVlan(Arguments arguments) {
        if (arguments.has("Access") == arguments.has("Untagged")) {
            throw new PowerShellError("Parameter set cannot be resolved.", "AmbiguousParameterSet");
        }
        adapter(arguments, "VMNetworkAdapterName").vlan = arguments.has("Access") ? arguments.number("VlanId") : 0;
        return List.of();
    }

    private static Adapter adapter(Arguments arguments, String parameter) {
        return vm(arguments).adapters.stream()
                .filter(adapter -> adapter.name.equals(arguments.text(parameter)))
                .findFirst()
                .orElseThrow(() -> new PowerShellError(
                        "Hyper-V was unable to find a network adapter.", "InvalidParameter," + arguments.cmdlet()));
    }

    private static Vm vm(Arguments arguments) {
        return arguments.value("VM", Vm.class);
    }
}
