package io.drover.emulator.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Trouble that passes by itself is to be asked again, unless something could be done twice. */
@Tag("program")
class RetryIT extends Scenario {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            429 | Too Many Requests
            502 | Bad Gateway
            503 | Service Unavailable
            504 | Gateway Timeout
            595 | No route to host
            596 | Connection timed out
            500 | cfs-lock 'storage-ceph1' error: got lock request timeout
            500 | can't lock file '/var/lock/qemu-server/lock-101.conf' - got timeout
            500 | cluster not ready - no quorum?
            """)
    void aServerThatIsAwayIsAskedAgainAndServesThen(int status, String reason) {
        for (var verb : "create stop status CreateSnapshot".split(" ")) {
            proxmox.faults().answer(".*", 1000, status, reason);

            assertThat(passing(verb, payload(), 1).error()).as(verb).contains(reason);

            proxmox.faults().clear();
            assertNothingLeft();
        }
        succeed("create");
    }

    @ParameterizedTest
    @ValueSource(strings = {"prepare", "create", "start", "stop", "delete", "status", "CreateSnapshot"})
    void aServerThatTakesNoConnectionIsAskedAgain(String verb) {
        passing(verb, payload().with("extension", "url", "https://127.0.0.1:1"), 1);
    }

    @ParameterizedTest
    @CsvSource({
        "extension, secret, ffffffff-0000-4000-8000-000000000000",
        "extension, url, https://no-such-host.invalid",
        "host, verify_tls_certificate, true",
        "host, node, pve7"
    })
    void whatDoesNotPassIsRefused(String level, String detail, String value) {
        var refused = fail("status", payload().with(level, detail, value), 3);

        assertThat(refused.answer().has("retryable")).as(refused.output()).isFalse();
        assertThat(refused.exitCode()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "create, POST .*/clone, false",
        "start, POST .*/start, false",
        "stop, POST .*/(shutdown|stop), true",
        "delete, DELETE .*/qemu/101, false"
    })
    void aChangeThatIsRefusedForAMomentIsAskedAgain(String verb, String line, boolean running) {
        if (!verb.equals("create")) {
            addVm(running);
        }
        proxmox.faults().answer(line, 1000, 503, "Service Unavailable");

        passing(verb, payload(), 6);

        proxmox.faults().clear();
        assertThat(vm() == null).isEqualTo(verb.equals("create"));
        succeed(verb);
    }

    @ParameterizedTest
    @CsvSource({
        "reboot, POST .*/reboot, true",
        "CreateSnapshot, POST .*/snapshot, true",
        "RestoreSnapshot, POST .*/rollback, false"
    })
    void whatMayHaveBeenDoneOnceIsNotToBeDoneTwice(String verb, String line, boolean running) {
        addVm(running);
        succeed("CreateSnapshot", payload().parameter("snap_name", "two"));
        var payload = payload().parameter("snap_name", verb.startsWith("R") ? "two" : "one");
        proxmox.faults().stall(line, 1000);

        assertThat(fail(verb, payload, 4).answer().has("retryable")).isFalse();

        proxmox.faults().clear();
        proxmox.faults().answer(line, 1000, 500, "can't lock file '/x' - got timeout");
        passing(verb, payload, 4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"qmclone", "qmstart", "qmstop"})
    void aStorageThatIsLockedIsWaitedForAndAskedAgain(String task) {
        if (task.equals("qmstop")) {
            addVm(true);
        }
        var verb = task.equals("qmstop") ? "stop" : "create";
        for (int i = 0; i < 60; i++) {
            proxmox.tasks().fail(task, "clone failed: cfs-lock 'storage-ceph1' error: got lock request timeout");
        }

        passing(verb, payload().with("extension", "shutdown_timeout", "0"), 5);
        if (verb.equals("create")) {
            assertNothingLeft();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            cfs-lock 'storage-ceph1' error: got lock request timeout                                | waited
            error with cfs lock 'storage-nfs': got lock request timeout                             | waited
            clone failed: CFS-lock 'storage-x' error: Got lock request timeout                      | waited
            cfs-lock 'storage-x' error: no quorum!                                                  | waited
            can't lock file '/var/lock/qemu-server/lock-101.conf' - got timeout                     | waited
            can't aquire lock '/run/lock/lvm.lck' - Resource temporarily unavailable                | waited
            unable to acquire lock                                                                  | waited
            VM is locked (backup)                                                                   | waited
            Giving up waiting for lock.                                                             | waited
            got lock timeout - aborting command                                                     | asked
            command '/sbin/lvs --noheadings' failed: got timeout                                    | asked
            zfs error: cannot create snapshot 'rpool/x': dataset is busy                            | asked
            rbd error: rbd: (16) Device or resource busy                                            | asked
            cfs-lock 'storage-nfs' error: unable to create image: No space left on device           | told
            error during cfs-locked 'storage-lvm' operation: lvcreate: insufficient free space      | told
            error with cfs lock 'storage-ceph1': rbd error: (17) File exists                        | told
            the bridge vmbr7 is in use by another guest                                             | told
            """)
    void wordsOfALockAreWaitedForAndThoseOfAnotherReasonAreNot(String words, String way) {
        for (var door : "task body".split(" ")) {
            addVm(true);
            if (door.equals("task")) {
                proxmox.tasks().fail("qmstop", words);
            } else {
                proxmox.faults().answer("POST .*/status/stop", 1, 500, words);
            }
            var payload = payload().with("extension", "shutdown_timeout", "0");
            switch (way) {
                case "waited" -> assertThat(succeed("stop", payload).exitCode()).isZero();
                case "asked" -> assertThat(passing("stop", payload, 30).error()).contains(words);
                default ->
                    assertThat(fail("stop", payload).answer().has("retryable"))
                            .as(door)
                            .isFalse();
            }
            proxmox.vms().remove(VMID);
        }
    }

    @Test
    void aLockOfAStorageThatPassesIsWaitedFor() {
        proxmox.tasks().fail("qmclone", "clone failed: cfs-lock 'storage-ceph1' error: got lock request timeout");
        succeed("create");
        proxmox.faults().answer("POST .*/snapshot", 2, 500, "cfs-lock 'storage-ceph1' error: got lock request timeout");
        succeed("CreateSnapshot", payload());
    }

    @Test
    void aCreationThatCouldNotBeCleanedUpSaysWhatIsLeft() {
        proxmox.tasks().fail("qmstart", "start failed");
        proxmox.faults().answer("DELETE .*", 1000, 503, "Service Unavailable");

        var refused = fail("create", payload(), 8);

        assertThat(refused.answer().path("leftovers").asBoolean()).isTrue();
        assertThat(refused.exitCode()).isEqualTo(1);
        proxmox.faults().clear();
        succeed("delete");
        assertNothingLeft();
    }

    private Payload payload() {
        return Payload.of(proxmox).parameter("snap_name", "one");
    }
}
