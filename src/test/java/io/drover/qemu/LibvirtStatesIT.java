package io.drover.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** VMs of libvirt that are neither on nor off, that somebody else made, or whose disks cannot be deleted. */
class LibvirtStatesIT extends LibvirtGuests {
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void memoryThatWasSavedNeverRunsOnAnotherDisk(boolean withMemory) throws IOException {
        var vm = blank().withSnapshot("clean");
        succeed("create", vm);
        if (!withMemory) {
            succeed("stop", vm);
        }
        succeed("CreateSnapshot", vm);
        succeed("start", vm);
        assertThat(libvirt.virsh("managedsave", vm.id())).as(libvirt.printed()).isZero();

        assertPaused(vm, "memory is saved");
        assertThat(message("stop", vm)).contains("does not run", "memory is saved");
        assertThat(program.call("reboot", vm).refused()).contains("start it instead", "memory is saved");
        assertThat(message("RestoreSnapshot", vm)).contains("still stopped", "was dropped");

        assertThat(power(vm)).isEqualTo("poweroff");
        assertThat(message("start", vm)).doesNotContain("saved memory");
        assertThat(power(vm)).isEqualTo("poweron");
        succeed("delete", vm);
    }

    @Test
    void memoryThatWasSavedIsGoneOnFromWhereTheDiskIsTheSame() throws IOException {
        var vm = blank().withSnapshot("beside");
        succeed("create", vm);
        libvirt.virsh("managedsave", vm.id());

        assertThat(message("CreateSnapshot", vm)).contains("of the disk alone");
        assertThat(message("start", vm)).contains("goes on from its saved memory");

        assertThat(power(vm)).isEqualTo("poweron");
        libvirt.virsh("managedsave", vm.id());
        succeed("delete", vm);
        assertThat(libvirt.virsh("dominfo", vm.id())).isNotZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            start  |                      | goes on: somebody paused it   | poweron
            reboot | reboot_mode=reset    | was reset and runs            | poweron
            reboot | reboot_mode=graceful | was reset and runs            | poweron
            stop   | stop_timeout=30      | could not be asked            | poweroff
            stop   | stop_timeout=0       | could not be asked            | poweroff
            """)
    void aVmThatStandsIsToldAndNotAskedToShutItselfDown(String verb, String detail, String told, String power)
            throws IOException {
        var vm = blank();
        succeed("create", vm);
        libvirt.virsh("suspend", vm.id());
        assertPaused(vm, "somebody paused it");

        var asked = detail == null ? vm : vm.with(detail.split("=")[0], detail.split("=")[1]);
        assertThat(message(verb, asked)).contains(told).doesNotContain("seconds");

        assertThat(power(vm)).isEqualTo(power);
        succeed("delete", vm);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aVmWhoseDiskIsFullSaysSoAndGoesOnWhereThereIsSpaceAgain(boolean once) throws IOException {
        var vm = VmWish.fresh(
                libvirt.details(),
                Map.of("image", FullDisk.template(libvirt.pool()).toString(), "image_format", "raw"));
        vm = vm.with("disk_size", "16M").with("stop_timeout", "30");
        succeed("create", vm);
        fill(vm, once);
        awaitState(vm, "paused (I/O error)");

        assertPaused(vm, "input/output error", "no space");
        if (once) {
            assertThat(message("start", vm)).contains("goes on", "input/output error");
            assertThat(power(vm)).isEqualTo("poweron");
        } else {
            assertThat(program.call("start", vm).refused()).contains("does not", "input/output error");
            assertThat(message("stop", vm)).contains("could not be asked", "input/output error");
            assertThat(power(vm)).isEqualTo("poweroff");
        }
        succeed("delete", vm);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatCannotBeDeletedIsNotSwitchedOff(boolean stopped) throws IOException {
        var vm = blank();
        succeed("create", vm);
        try {
            if (stopped) {
                libvirt.virsh("pool-destroy", "default");
            } else {
                Files.setPosixFilePermissions(libvirt.pool(), PosixFilePermissions.fromString("r-xr-xr-x"));
            }
            assertThat(program.call("delete", vm).refused()).contains("was left as it is");
            assertThat(program.stopToDelete(vm).refused()).contains("was left as it is");
            assertThat(power(vm)).isEqualTo("poweron");
        } finally {
            Files.setPosixFilePermissions(libvirt.pool(), PosixFilePermissions.fromString("rwxrwxrwx"));
            libvirt.virsh("pool-start", "default");
        }
        program.stopToDelete(vm).succeeded();
        assertThat(power(vm)).isEqualTo("poweroff");
        assertThat(message("delete", vm)).contains("was deleted");
        assertNoVolume(vm);
    }

    @Test
    void aVmIsDeletedFromThePoolThatItIsInWhateverTheDetailSays() throws IOException {
        var vm = blank();
        succeed("create", vm);

        succeed("delete", vm.with("pool", "gold"));

        assertNoVolume(vm);
    }

    @Test
    void aDomainOfTheSameNameThatDroverDidNotMakeIsLeftAlone() throws IOException {
        var vm = blank().withSnapshot("one");
        var foreign = new VmWish(blank().id(), vm.name(), vm.mac(), "", vm.memory(), vm.host(), vm.details(), Map.of());
        succeed("create", foreign);
        libvirt.virsh("dumpxml", foreign.id());
        var before = libvirt.printed();

        for (var verb : "prepare create".split(" ")) {
            assertThat(program.call(verb, vm).refused()).contains(foreign.id(), "did not make", "then deploy again");
        }
        for (var verb :
                "start reboot getconsole CreateSnapshot ListSnapshots RestoreSnapshot DeleteSnapshot".split(" ")) {
            assertThat(program.call(verb, vm).refused()).contains("There is no VM " + vm.name(), foreign.id());
        }
        for (var verb : "stop delete".split(" ")) {
            assertThat(message(verb, vm)).contains(foreign.id(), "left alone");
        }
        var status = program.call("status", vm).succeeded();
        assertThat(status.path("power_state").asText()).isEqualTo("unknown");
        assertThat(status.path("message").asText()).contains(foreign.id());
        assertThat(status.has("uuid")).isFalse();

        libvirt.virsh("dumpxml", foreign.id());
        assertThat(libvirt.printed()).isEqualTo(before);
        assertThat(power(foreign)).isEqualTo("poweron");
        assertNoVolume(vm);
        succeed("delete", foreign);
    }

    @Test
    void aDomainThatSomebodyRenamedIsStillTheVm() throws IOException {
        var vm = blank();
        succeed("create", vm);
        succeed("stop", vm);
        libvirt.virsh("domrename", vm.id(), "renamed");

        succeed("start", vm);
        assertThat(power(vm)).isEqualTo("poweron");
        succeed("delete", vm);
        assertNoVolume(vm);
    }

    private VmWish blank() {
        return VmWish.fresh(libvirt.details(), Map.of("disk_size", "16M", "stop_timeout", "0"));
    }

    private void fill(VmWish vm, boolean once) {
        FullDisk.fill(
                command -> {
                    try {
                        libvirt.virsh("qemu-monitor-command", vm.id(), command);
                        return FullDisk.answer(libvirt.printed());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                libvirt.pool(),
                vm.id(),
                once);
    }

    private void awaitState(VmWish vm, String state) {
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            libvirt.virsh("domstate", "--reason", vm.id());
            return libvirt.printed().equals(state);
        });
    }

    private void assertPaused(VmWish vm, String... why) {
        var status = program.call("status", vm).succeeded();
        assertThat(status.path("power_state").asText()).isEqualTo("paused");
        assertThat(status.path("uuid").asText()).isEqualTo(vm.id());
        assertThat(status.path("message").asText()).contains(why);
        assertThat(all(vm)).isEqualTo("paused");
    }

    private String power(VmWish vm) {
        var status = program.call("status", vm).succeeded();
        assertThat(status.path("uuid").asText()).isEqualTo(vm.id());
        return status.path("power_state").asText();
    }

    private String all(VmWish vm) {
        return program.call("statuses", vm)
                .succeeded()
                .path("power_state")
                .path(vm.name())
                .asText();
    }

    private void assertNoVolume(VmWish vm) throws IOException {
        try (var volumes = Files.list(libvirt.pool())) {
            assertThat(volumes.map(Path::getFileName).map(Path::toString)).noneMatch(name -> name.contains(vm.id()));
        }
    }

    private String message(String verb, VmWish vm) {
        return succeed(verb, vm).path("message").asText();
    }

    private JsonNode succeed(String verb, VmWish vm) {
        return program.call(verb, vm).succeeded();
    }
}
