package io.drover.emulator.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** VMs that are neither on nor off, that Drover did not make, or that cannot be deleted. */
@Tag("program")
class StatesIT extends Scenario {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            paused         | somebody paused it  | resume
            io-error       | input/output error  | resume
            suspended      | suspended itself    | resume
            watchdog       | watchdog            | resume
            prelaunch      | prelaunch           | resume
            guest-panicked | has crashed         | stop start
            internal-error | cannot run it       | stop start
            """)
    void aVmThatStandsIsToldAndGoesOnAtStart(String qmp, String why, String requests) {
        addVm(true).stand(qmp, false);
        assertPaused(why);

        succeed("start");

        assertThat(vm().running()).isTrue();
        assertThat(vm().qmp).isEqualTo("running");
        for (var request : requests.split(" ")) {
            assertThat(proxmox.requests()).anyMatch(line -> line.endsWith("/status/" + request));
        }
        assertThat(proxmox.requests().stream().anyMatch(line -> line.endsWith("/status/stop")))
                .isEqualTo(requests.contains("stop"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"paused", "io-error", "suspended", "guest-panicked"})
    void aVmThatStandsIsResetAndRunsOrSwitchedOffWithoutBeingAsked(String qmp) {
        addVm(true).stand(qmp, false);
        assertThat(message("reboot")).contains("was reset and runs; before,");
        assertThat(vm().qmp).isEqualTo("running");

        vm().stand(qmp, false);
        assertThat(message("stop")).contains("could not be asked to shut down").doesNotContain("seconds");
        assertThat(vm().running()).isFalse();
        assertThat(proxmox.requests()).noneMatch(line -> line.endsWith("/shutdown") || line.endsWith("/reboot"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"start", "reboot"})
    void aVmThatStopsAgainIsNotSaidToRun(String verb) {
        addVm(true).stand("io-error", true);

        assertThat(fail(verb, Payload.of(proxmox)).error()).contains("does not", "input/output error");
    }

    @Test
    void howLongAGuestWasWaitedForIsTold() {
        addVm(true).ignoreShutdown();

        assertThat(message("stop")).contains("had not shut down within 0 seconds");
    }

    @Test
    void memoryThatIsSuspendedToDiskIsToldAndNeverRunsOnOtherDisks() {
        addVm(false);
        succeed("CreateSnapshot", Payload.of(proxmox).parameter("snap_name", "clean"));
        vm().suspendToDisk();
        var before = vm().config();
        assertPaused("suspended to disk");

        assertThat(message("stop")).contains("stopped already", "suspended to disk");
        assertThat(fail("reboot", Payload.of(proxmox)).error()).contains("start it instead", "suspended to disk");
        assertThat(fail("RestoreSnapshot", Payload.of(proxmox).parameter("snap_name", "clean"))
                        .error())
                .contains("suspended to disk", "start the VM", "left as they are");
        assertThat(fail("CreateSnapshot", Payload.of(proxmox).parameter("snap_name", "two"))
                        .error())
                .contains("start it");
        assertThat(vm().config()).isEqualTo(before);

        assertThat(succeed("create").answer().path("message").asText()).contains("goes on from the memory");
        assertThat(vm().running()).isTrue();
        assertThat(vm().config()).doesNotContainKeys("lock", "vmstate");
        succeed("RestoreSnapshot", Payload.of(proxmox).parameter("snap_name", "clean"));
    }

    @Test
    void unlockedMemoryIsNoBetter() {
        addVm(false);
        succeed("CreateSnapshot", Payload.of(proxmox).parameter("snap_name", "clean"));
        vm().suspendToDisk();
        vm().config.remove("lock");

        assertThat(fail("RestoreSnapshot", Payload.of(proxmox).parameter("snap_name", "clean"))
                        .error())
                .contains("delete vmstate");
        succeed("delete");
        assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"protection", "privilege", "storage"})
    void whatCannotBeDeletedIsNotSwitchedOff(String kind) {
        addVm(true);
        switch (kind) {
            case "protection" -> vm().config.put("protection", "1");
            case "privilege" -> proxmox.deny("VM.Allocate", "/vms/101");
            default -> proxmox.detach("local-lvm");
        }

        for (var verb : new String[] {"stop", "delete"}) {
            assertThat(fail(verb, Payload.of(proxmox).expunging()).error()).contains("runs and was left as it is");
        }

        assertThat(vm().running()).isTrue();
        assertThat(proxmox.requests()).allMatch(line -> line.startsWith("GET"));
    }

    @Test
    void whatCanBeDeletedIsStoppedBefore() {
        addVm(true);

        succeed("stop", Payload.of(proxmox).expunging());

        assertThat(vm().running()).isFalse();
    }

    @Test
    void aTokenThatMayNotAskDeletesAllTheSame() {
        addVm(true);
        proxmox.deny("Datastore.Audit", "/");
        proxmox.faults().answer("GET /access/permissions.*", 1, 501, "not implemented");

        succeed("delete");

        assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"template", "iso"})
    void aVmOfTheSameNameThatDroverDidNotMakeIsLeftAlone(String kind) {
        var foreign = proxmox.add(300, "pve2", Map.of("name", "i-2-20-VM", "scsi0", "local-lvm:vm-300-disk-0,size=1G"));
        proxmox.addStrayVolume("local-lvm", 300);
        foreign.power(true);
        var before = foreign.config();
        var payload = (kind.equals("iso") ? Payload.ofIso(proxmox) : Payload.of(proxmox)).parameter("snap_name", "one");

        for (var verb : new String[] {"prepare", "create"}) {
            assertThat(fail(verb, payload).error()).contains("VM 300", "did not make", "Rename it");
        }
        for (var verb : new String[] {"start", "reboot", "getconsole", "CreateSnapshot", "RestoreSnapshot"}) {
            assertThat(fail(verb, payload).error()).contains("no VM of Drover's", "VM 300", "left alone");
        }
        for (var verb : new String[] {"stop", "delete"}) {
            assertThat(message(verb)).contains("VM 300", "left alone");
        }
        var status = succeed("status").answer();
        assertThat(status.path("message").asText()).contains("VM 300");
        assertThat(status.has("uuid")).isFalse();

        assertThat(foreign.config()).isEqualTo(before);
        assertThat(foreign.running()).isTrue();
        assertThat(proxmox.volumesOf(300)).hasSize(1);
        assertThat(proxmox.requests()).allMatch(line -> line.startsWith("GET"));
    }

    @Test
    void whatACreationFoundIsNotRemovedWhenItFails() {
        addVm(false);
        proxmox.tasks().fail("qmstart", "start failed");

        var refused = fail("create", Payload.of(proxmox));

        assertThat(refused.answer().path("leftovers").asBoolean()).isTrue();
        assertThat(vm()).isNotNull();
    }

    @Test
    void aLockThatEndsInTimeIsNoPauseOfTheGuest() {
        addVm(true);
        vm().lock("backup", Duration.ofHours(1));

        assertThat(succeed("status").answer().path("power_state").asText()).isEqualTo("poweron");
    }

    private void assertPaused(String why) {
        var status = succeed("status").answer();
        assertThat(status.path("power_state").asText()).isEqualTo("paused");
        assertThat(status.path("uuid").asText()).isEqualTo(Payload.ID);
        assertThat(status.path("message").asText()).contains(why);
        assertThat(succeed("statuses")
                        .answer()
                        .path("power_state")
                        .path("i-2-20-VM")
                        .asText())
                .isEqualTo("paused");
    }

    private String message(String verb) {
        return succeed(verb).answer().path("message").asText();
    }
}
