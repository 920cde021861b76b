package io.drover.emulator.hyperv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("program")
class HyperVLifecycleIT extends HyperVCase {

    @Test
    void leadsAVmThroughItsLife() {
        program.call("create").succeeded();
        assertThat(powerState()).isEqualTo("poweron");
        program.call("stop").succeeded();
        assertThat(powerState()).isEqualTo("poweroff");
        program.call("start").succeeded();
        assertThat(powerState()).isEqualTo("poweron");
        program.call("reboot").succeeded();
        assertThat(powerState()).isEqualTo("poweron");
        program.call("delete").succeeded();
        assertThat(powerState()).isEqualTo("unknown");
        assertNothingLeft();
    }

    @Test
    void createsTheVmAsTheOfferingAndTheNetworkSay() {
        program.call("create").succeeded();
        var vm = onlyVm();
        assertThat(vm.name).isEqualTo("i-2-20-VM");
        assertThat(vm.generation).isEqualTo(2);
        assertThat(vm.memory).isEqualTo(2L << 30);
        assertThat(vm.processors).isEqualTo(4);
        assertThat(vm.drives.get(0).path).isEqualTo("D:\\vhd\\i-2-20-VM-" + HyperVProgram.VM + "\\disk0.vhdx");
        assertThat(vm.path).startsWith("D:\\vms\\i-2-20-VM-" + HyperVProgram.VM + "\\");
        assertThat(vm.adapters).extracting(adapter -> adapter.mac).containsExactly("020100D00010", "020100D00011");
        assertThat(vm.adapters).extracting(adapter -> adapter.vlan).containsExactly(107L, 0L);
        assertThat(vm.adapters).extracting(adapter -> adapter.network).containsOnly("External");
        assertThat(vm.notes).contains(HyperVProgram.VM);
    }

    @Test
    void makesADiskThatBuildsOnTheTemplate() {
        program.vm.putAll(Map.of("vhd_mode", "differencing", "secure_boot", "linux"));
        program.call("create").succeeded();
        assertThat(emulator.host.count("New-VHD")).isEqualTo(1);
        assertThat(emulator.host.count("Copy-Item")).isZero();
        assertThat(onlyVm().secureBoot).isEqualTo("MicrosoftUEFICertificateAuthority");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void bootsAnIsoBesideANewDisk(String generation) {
        program.vm.putAll(Map.of(
                "template_type", "iso", "iso_path", HyperVProgram.ISO, "vhd_size_gb", "20", "generation", generation));
        program.call("create").succeeded();
        var vm = onlyVm();
        assertThat(vm.drives).anyMatch(drive -> HyperVProgram.ISO.equals(drive.path));
        assertThat(vm.bootOrder.get(1)).isEqualTo(generation.equals("1") ? "CD" : "Dvd");
    }

    @Test
    void takesTheSwitchUnderCloudStacksName() {
        program.host.put("network_bridge", program.host.remove("network_switch"));
        program.call("create").succeeded();
        assertThat(onlyVm().adapters).hasSize(2);
    }

    @Test
    void repeatsEveryVerbWithoutASecondEffect() {
        for (var verb : List.of("create", "create", "start", "stop", "stop", "delete", "delete", "stop")) {
            program.call(verb).succeeded();
        }
        for (var cmdlet : List.of("New-VM", "Start-VM", "Stop-VM", "Remove-VM", "Copy-Item")) {
            assertThat(emulator.host.count(cmdlet)).as(cmdlet).isEqualTo(1);
        }
        assertNothingLeft();
    }

    @Test
    void startsACompleteVmOnARepeatedCreateAndReplacesAnIncompleteOne() {
        program.call("create").succeeded();
        program.call("stop").succeeded();
        program.call("create").succeeded();
        assertThat(emulator.host.count("New-VM")).isEqualTo(1);
        onlyVm().notes = "";
        program.call("create").succeeded();
        assertThat(emulator.host.count("New-VM")).isEqualTo(2);
        assertThat(powerState()).isEqualTo("poweron");
    }

    @Test
    void splitsTheWorkForManyNics() {
        for (int place = 2; place < 9; place++) {
            program.nics.add(
                    Map.of("deviceId", place, "mac", "02:01:00:d0:00:2" + place, "broadcastUri", "vlan://20" + place));
        }
        program.call("create").succeeded();
        assertThat(onlyVm().adapters).hasSize(9);
    }

    @Test
    void suspendsAndResumes() {
        program.call("create").succeeded();
        program.call("Suspend").succeeded();
        program.call("Suspend").succeeded();
        assertThat(onlyVm().state).isEqualTo("Paused");
        assertThat(powerState()).isEqualTo("paused");
        program.call("Resume").succeeded();
        program.call("Resume").succeeded();
        assertThat(onlyVm().state).isEqualTo("Running");
        program.call("Suspend").succeeded();
        program.call("stop").succeeded();
        program.call("Suspend").refused("only a running VM", "Off");
        program.call("Resume").refused("Start it first");
    }

    @Test
    void keepsSnapshots() {
        program.snapshot = "before “update” – it's ’fine’";
        program.call("create").succeeded();
        program.call("CreateSnapshot").succeeded();
        program.call("CreateSnapshot").refused("already");
        var listed = program.call("ListSnapshots").succeeded();
        assertThat(listed.path("printmessage").asText()).isEqualTo("true");
        assertThat(listed.at("/message/0/name").asText()).isEqualTo(program.snapshot);
        assertThat(listed.at("/message/0/created").asText()).startsWith("2026-11-23T");
        program.call("RestoreSnapshot").succeeded();
        assertThat(powerState()).isEqualTo("poweron");
        program.call("DeleteSnapshot").succeeded();
        assertThat(program.call("ListSnapshots").succeeded().path("message")).isEmpty();
        program.call("RestoreSnapshot").refused("no snapshot", "it has none");
        program.call("delete").succeeded();
        assertNothingLeft();
    }

    @Test
    void removesADeletedVmWithItsSnapshotsWhileItRuns() {
        program.call("create").succeeded();
        program.call("CreateSnapshot").succeeded();
        program.call("delete").succeeded();
        assertNothingLeft();
    }

    @Test
    void removesDisksAlsoWhenTheHostsPathChanged() {
        program.call("create").succeeded();
        program.host.put("vhd_path", "E:\\new");
        program.call("delete").succeeded();
        assertNothingLeft();
    }

    @Test
    void reportsAllVmsOfDroverByTheirInternalNames() {
        program.call("create").succeeded();
        var foreign = new Vm("i-9-9-VM", 2, 1 << 30, "D:\\other");
        emulator.host.vms.put(foreign.id, foreign);
        var states = program.call("statuses").succeeded().path("power_state");
        assertThat(states).hasSize(1);
        assertThat(states.path("i-2-20-VM").asText()).isEqualTo("poweron");
    }
}
