package io.drover.emulator.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tasks that fail or take long, storages that are full, VMs that are locked. */
@Tag("program")
class TroubleIT extends Scenario {

    @ParameterizedTest
    @CsvSource({
        "template, qmclone, clone failed: volume is busy",
        "template, resize, disk resize failed",
        "template, qmstart, start failed: QEMU exited with code 1",
        "iso, qmcreate, unable to create VM 101",
        "iso, qmconfig, cannot allocate the disk",
        "iso, qmstart, start failed: QEMU exited with code 1"
    })
    void aFailedTaskIsToldAndLeavesNothing(String kind, String task, String message) {
        proxmox.tasks().fail(task, message);

        assertThat(fail("create", payload(kind)).error()).contains(message);

        assertNothingLeft();
        succeed("create", payload(kind));
    }

    @Test
    void whatACrashedCloneLeftIsRemoved() {
        proxmox.tasks().failLeaving("qmclone", "connection to storage lost");

        assertThat(fail("create", payload("template")).error()).contains("connection to storage lost");

        assertNothingLeft();
    }

    @ParameterizedTest
    @CsvSource({"template, ceph", "iso, ceph"})
    void aFullStorageIsToldAndLeavesNothing(String kind, String storage) {
        proxmox.shrink(storage, 3);
        var payload = payload(kind)
                .with("virtualmachine", "is_full_clone", "true")
                .with("virtualmachine", "storage", storage);

        assertThat(fail("create", payload).error())
                .contains("insufficient free space")
                .contains("detail storage");

        assertNothingLeft();
    }

    @Test
    void aBridgeThatIsMissingIsToldAtTheStartAndLeavesNothing() {
        assertThat(fail("create", payload("template").with("host", "network_bridge", "vmbr9"))
                        .error())
                .contains("vmbr9")
                .contains("detail network_bridge");

        assertNothingLeft();
    }

    @Test
    void aSlowCloneIsWaitedFor() {
        proxmox.tasks().slow("qmclone", Duration.ofSeconds(1));

        succeed("create");

        assertThat(vm().running()).isTrue();
    }

    @Test
    void aCloneThatTakesTooLongIsAbortedInTime() {
        proxmox.tasks().slow("qmclone", Duration.ofHours(1));

        assertThat(fail("create", payload("template"), 8).error())
                .contains("timeout")
                .contains("Creating VM 101");

        assertNothingLeft();
    }

    @Test
    void aCallThatIsCancelledLeavesNothing() throws IOException, InterruptedException {
        proxmox.tasks().slow("qmclone", Duration.ofHours(1));
        var directory = Files.createTempDirectory("proxmox-cancel");
        var file = directory.resolve("payload.json");
        Files.writeString(
                file,
                new com.fasterxml.jackson.databind.ObjectMapper()
                        .writeValueAsString(payload("template").json()));
        var process = ProgramRun.start(directory, "create", file.toString(), "60");
        while (proxmox.requests().stream().noneMatch(line -> line.contains("qmclone"))) {
            Thread.onSpinWait();
        }

        process.destroy();
        var run = ProgramRun.of(process, directory, 10);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.error()).contains("cancelled");
        assertNothingLeft();
    }

    @Test
    void aRepeatedCreateTakesOverWhatIsStillBeingCloned() {
        proxmox.tasks().slow("qmclone", Duration.ofSeconds(3));
        proxmox.faults().stall("GET .*/tasks/.*", 1000);
        proxmox.faults().stall("DELETE .*", 1000);
        run("create", payload("template"), 1);
        assertThat(vm().config()).containsEntry("lock", "clone");
        proxmox.faults().clear();

        succeed("create");

        assertThat(proxmox.vms()).containsOnlyKeys(TEMPLATE, VMID);
        assertThat(vm().running()).isTrue();
    }

    @Test
    void aLockThatPassesIsWaitedFor() {
        addVm(true);
        vm().lock("backup", Duration.ofSeconds(1));
        succeed("stop");
        vm().lock("backup", Duration.ofSeconds(1));

        succeed("delete");

        assertNothingLeft();
    }

    @ParameterizedTest
    @CsvSource({"start", "delete", "CreateSnapshot"})
    void aLockThatStaysIsTold(String verb) {
        addVm(false);
        vm().lock("backup", Duration.ofHours(1));

        assertThat(fail(verb, payload("template").parameter("snap_name", "one"), 4)
                        .error())
                .contains("VM is locked (backup)")
                .contains("qm unlock");
        assertThat(proxmox.vms()).containsKey(VMID);
    }

    @Test
    void aProtectedVmIsKeptAndTheReasonTold() {
        addVm(false);
        vm().config.put("protection", "1");

        assertThat(fail("delete", payload("template")).error())
                .contains("protection")
                .contains("Switch");
    }

    @Test
    void aServerThatNeverAnswersIsToldInTime() {
        proxmox.faults().stall(".*", 1000);

        assertThat(fail("status", payload("template"), 3).error()).contains("no answer in time");
    }

    @Test
    void whatCannotBeCleanedUpIsNamed() {
        proxmox.tasks().fail("qmstart", "start failed");
        proxmox.faults().answer("DELETE .*", 1000, 500, "cluster not ready - no quorum?");

        assertThat(fail("create", payload("template")).error())
                .contains("start failed")
                .contains("could not be removed")
                .contains("quorum");

        proxmox.faults().clear();
        succeed("delete");
        assertNothingLeft();
    }

    @Test
    void backupJobsForgetADeletedVm() {
        addVm(false);
        proxmox.addJob(VMID);

        succeed("delete");

        assertThat(proxmox.jobs()).isEmpty();
        assertThat(proxmox.vms()).containsOnlyKeys(TEMPLATE);
    }

    private Payload payload(String kind) {
        return kind.equals("iso")
                ? Payload.ofIso(proxmox)
                : Payload.of(proxmox).with("virtualmachine", "disk_size", "12");
    }
}
