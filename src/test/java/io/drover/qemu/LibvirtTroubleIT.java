package io.drover.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the extension Libvirt makes of what virsh says, told by a virsh that says what the test wants. */
@Tag("program")
class LibvirtTroubleIT {
    @TempDir
    Path temporary;

    private HypervisorCall program;
    private VmWish vm;

    @BeforeEach
    void putVirshFirst() throws IOException {
        Guest.needs("python3", "python3");
        var virsh = Files.writeString(temporary.resolve("virsh"), """
                #!/bin/sh
                # virsh -q -c URI COMMAND WORDS: does what the file COMMAND says, or what all says
                shift 3
                echo "$*" >>"${0%/*}/calls"
                for said in "${0%/*}/$1" "${0%/*}/all"; do
                    [ ! -f "$said" ] || . "$said"
                done
                case $1 in
                    dominfo) echo "Managed save:   no" ;;
                    domuuid) exit 1 ;;
                    dumpxml) echo "<domain><name>x</name><uuid>u</uuid><devices><disk device='disk'><source file='/d'/></disk></devices></domain>" ;;
                esac
                """);
        Files.setPosixFilePermissions(virsh, PosixFilePermissions.fromString("rwxr-xr-x"));
        program = new HypervisorCall(
                Path.of("extensions/Libvirt/libvirt.py"),
                Files.createDirectories(temporary.resolve("runs")),
                temporary.toString());
        vm = VmWish.fresh(Map.of("network_mode", "none"), Map.of("disk_size", "16M", "stop_timeout", "0"))
                .withSnapshot("one");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            failed to connect to the hypervisor. Failed to connect socket to '/x': No such file or directory  | true
            failed to connect to the hypervisor. Failed to connect socket to '/x': Connection refused         | true
            failed to connect to the hypervisor. Cannot recv data: ssh: connect to host h port 22: No route to host | true
            failed to connect to the hypervisor. unable to connect to server at 'h:16514': Connection timed out | true
            Cannot recv data: Connection reset by peer                                                        | true
            End of file while reading data: Input/output error                                                | true
            internal error: client socket is closed                                                           | true
            Timed out during operation: cannot acquire state change lock (held by monitor=remoteDispatch)     | true
            failed to connect to the hypervisor. authentication failed: access denied                         | false
            failed to connect to the hypervisor. Cannot recv data: Host key verification failed.              | false
            failed to connect to the hypervisor. Cannot recv data: ssh: Could not resolve hostname h: Name or service not known | false
            failed to connect to the hypervisor. no connection driver available for x:///                     | false
            internal error: process exited while connecting to monitor: bad machine                           | false
            """)
    void whatPassesIsToBeAskedAgainAndWhatDoesNotIsRefused(String words, boolean passes) throws IOException {
        fail("all", words);

        for (var verb :
                "prepare create start stop reboot delete status statuses getconsole CreateSnapshot".split(" ")) {
            var answer = program.call(verb, vm);
            assertThat(passes ? answer.passing() : answer.refused()).as(verb).contains(words.substring(0, 20));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            start          | start                | shut off | true
            stop           | destroy              | running  | true
            reboot         | reset                | running  | false
            CreateSnapshot | snapshot-create-as   | running  | false
            RestoreSnapshot| snapshot-revert      | running  | false
            DeleteSnapshot | snapshot-delete      | running  | true
            """)
    void whatMayHaveBeenDoneOnceIsNotToBeDoneTwice(String verb, String command, String state, boolean passes)
            throws IOException {
        say("domstate", state);
        say("snapshot-list", verb.equals("CreateSnapshot") ? "" : "one");
        say("domcapabilities", "<d><domain>qemu</domain></d>");
        fail(command, "Cannot recv data: Connection reset by peer");

        var lost = program.call(verb, vm);
        assertThat(passes ? lost.passing() : lost.refused()).contains("Connection reset");

        fail(command, "Timed out during operation: cannot acquire state change lock");
        program.call(verb, vm).passing();
    }

    @ParameterizedTest
    @ValueSource(strings = {"removed", "left"})
    void aCreationThatIsLostIsAskedForAgainOnlyIfNothingIsLeft(String cleanUp) throws IOException {
        script(
                "domstate",
                "[ -f ${0%/*}/made ] && { echo 'shut off'; exit 0; };" + " echo 'error: Domain not found' >&2; exit 1");
        script("define", "touch ${0%/*}/made");
        say("domcapabilities", "<d><domain>qemu</domain></d>");
        script("vol-path", "echo 'error: no such volume' >&2; exit 1");
        fail("vol-create", "Cannot recv data: Connection reset by peer");
        if (cleanUp.equals("removed")) {
            script("undefine", "rm ${0%/*}/made");
            program.call("create", vm).passing();
        } else {
            fail("undefine", "Cannot recv data: Connection reset by peer");
            var answer = program.call("create", vm);
            assertThat(answer.refused()).contains("could not be removed");
            assertThat(answer.json().path("leftovers").asBoolean()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            running (booted)       | poweron  |                        | none
            idle                   | poweron  |                        | none
            in shutdown            | poweron  |                        | none
            shut off (crashed)     | poweroff |                        | start
            shut off (saved)       | poweroff |                        | start
            paused (user)          | paused   | virsh suspend          | resume
            paused (I/O error)     | paused   | input/output error     | resume
            paused (watchdog)      | paused   | watchdog               | resume
            paused (crashed)       | paused   | has crashed            | resume
            paused (unknown)       | paused   | paused (unknown)       | resume
            pmsuspended            | paused   | suspended itself       | dompmwakeup
            crashed (panicked)     | paused   | has crashed            | destroy
            paused (saving)        | paused   | saving                 | wait
            paused (migration)     | paused   | migration              | wait
            """)
    void everyStateIsToldAndStartDoesWhatItTakes(String state, String power, String why, String command)
            throws IOException {
        script("domstate", "[ -f ${0%/*}/acted ] && echo running || echo '" + state + "'");
        script("domblkerror", "echo 'vda: no space'");
        say("domcapabilities", "<d><domain>qemu</domain></d>");
        for (var acts : "start resume dompmwakeup".split(" ")) {
            script(acts, "touch ${0%/*}/acted");
        }
        script("destroy", "echo 'shut off' >${0%/*}/off; echo \"echo 'shut off'\" >${0%/*}/domstate");

        var status = program.call("status", vm).succeeded();
        assertThat(status.path("power_state").asText()).isEqualTo(power);
        assertThat(status.path("message").asText()).contains(why == null ? "" : why);
        var stopped = power.equals("paused") && !command.equals("wait");
        var start = program.call("start", vm);
        if (command.equals("wait")) {
            assertThat(start.passing()).contains("Wait until that is over");
        } else {
            start.succeeded();
        }

        var calls = Files.readString(temporary.resolve("calls"));
        if (!command.equals("none") && !command.equals("wait")) {
            assertThat(calls).contains("\n" + command + " " + vm.id());
        }
        assertThat(calls.contains("destroy ")).isEqualTo(command.equals("destroy"));
        assertThat(stopped || !calls.contains("resume ")).isTrue();
    }

    @Test
    void aVmThatIsNotToBeFoundForAMomentIsNotTakenForMissing() throws IOException {
        fail("domstate", "failed to get domain 'x'. Cannot recv data: Connection reset by peer");

        program.call("delete", vm).passing();
        program.call("stop", vm).passing();
        assertThat(Files.readString(temporary.resolve("calls"))).doesNotContain("vol-delete", "undefine");
    }

    private void say(String command, String words) throws IOException {
        script(command, words.isEmpty() ? "exit 0" : "echo '" + words + "'; exit 0");
    }

    private void fail(String command, String words) throws IOException {
        script(command, "echo \"error: " + words + "\" >&2; exit 1");
    }

    private void script(String command, String text) throws IOException {
        Files.writeString(temporary.resolve(command), text + "\n");
    }
}
