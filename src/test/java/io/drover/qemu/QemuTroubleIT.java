package io.drover.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of the extension QEMU's trouble passes by itself and is to be asked again. */
@Tag("program")
class QemuTroubleIT {
    @TempDir
    Path temporary;

    private QemuHost host;

    @BeforeEach
    void openHost() {
        Guest.needsQemu();
        host = new QemuHost(temporary, temporary.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ssh: connect to host h port 22: Connection refused                            | yes
            ssh: connect to host h port 22: No route to host                              | yes
            Connection timed out during banner exchange                                   | yes
            kex_exchange_identification: Connection closed by remote host                 | yes
            ssh: Could not resolve hostname h: Temporary failure in name resolution       | yes
            ssh: Could not resolve hostname h: Name or service not known                  | no
            vms@h: Permission denied (publickey).                                         | no
            Host key verification failed.                                                 | no
            Timeout, server h not responding.                                             | midway
            client_loop: send disconnect: Broken pipe                                     | midway
            Connection to h closed by remote host.                                        | midway
            """)
    void aHostThatIsAwayIsAskedAgainWhereNothingCanBeDoneTwice(String words, String passes) throws IOException {
        var ssh = Files.writeString(temporary.resolve("ssh"), "#!/bin/sh\necho '" + words + "' >&2\nexit 255\n");
        Files.setPosixFilePermissions(ssh, PosixFilePermissions.fromString("rwxr-xr-x"));
        var vm = host.blank().withHost("ssh_host", "h").withSnapshot("one");

        for (var verb : "prepare create start stop reboot delete status statuses CreateSnapshot".split(" ")) {
            var once = verb.equals("create") || verb.equals("reboot") || verb.equals("CreateSnapshot");
            var answer = host.program.call(verb, vm);
            var again = passes.equals("yes") || passes.equals("midway") && !once;
            assertThat(again ? answer.passing() : answer.refused()).as(verb).contains("cannot be reached by SSH");
            assertThat(answer.json().path("leftovers").asBoolean())
                    .as(verb)
                    .isEqualTo(passes.equals("midway") && verb.equals("create"));
        }
    }

    @Test
    void aVmThatSomethingElseIsDoneToIsAskedForAgain() throws Exception {
        var vm = host.blank();
        host.program.call("create", vm).succeeded();
        var lock = host.directory().resolve(vm.id() + ".lock");
        var script =
                "import fcntl,sys;f=open(sys.argv[1],'w');fcntl.flock(f,fcntl.LOCK_EX);print(flush=True);sys.stdin.read()";
        var holder = new ProcessBuilder("python3", "-c", script, lock.toString()).start();
        try {
            assertThat(holder.getInputStream().read()).isEqualTo('\n');
            var running = host.program.begin("stop", vm, 2);
            assertThat(host.program.end(running).passing()).contains("Something else is being done");
            assertThat(host.processes()).hasSize(1);
        } finally {
            holder.destroy();
            holder.waitFor(10, TimeUnit.SECONDS);
        }
        host.program.call("delete", vm).succeeded();
        host.assertNothingIsLeft();
    }

    @Test
    void aDiskThatIsBusyIsAskedForAgain() throws Exception {
        var vm = host.blank();
        host.program.call("create", vm).succeeded();
        host.program.call("stop", vm).succeeded();
        var disk = host.directory().resolve(vm.id()).resolve("disk.qcow2").toString();
        var holder = new ProcessBuilder("qemu-io", "-c", "sleep 3600000", disk).start();
        try {
            org.awaitility.Awaitility.await()
                    .until(() -> new ProcessBuilder("qemu-img", "check", "-q", disk)
                                    .start()
                                    .waitFor()
                            != 0);
            assertThat(host.program.call("start", vm).passing()).contains("something else uses the VM's disk");
        } finally {
            holder.destroyForcibly().waitFor();
        }
        host.program.call("start", vm).succeeded();
        host.program.call("delete", vm).succeeded();
        host.assertNothingIsLeft();
    }
}
