package io.drover.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The extension QEMU on a host by SSH. The ssh of these tests notes how it was called and runs the command here. */
@Tag("program")
class QemuBySshIT {
    private static final String SSH = """
            #!/bin/sh
            printf '%s\\n' "$@" >LOG
            while [ "$1" != -- ]; do shift; done
            shift 2
            exec sh -c "$*"
            """;

    @TempDir
    Path temporary;

    private QemuHost host;

    @BeforeEach
    void openHost() throws IOException {
        Guest.needsQemu();
        var bin = Files.createDirectories(temporary.resolve("bin"));
        ssh(SSH.replace("LOG", log().toString()));
        host = new QemuHost(temporary, bin.toString());
    }

    @AfterEach
    void clear() {
        if (host != null) {
            host.clear();
        }
    }

    @Test
    void aVmLivesOnTheHostWithNothingInstalledThere() throws IOException {
        var vm = remote();
        assertThat(host.program
                        .call("prepare", vm)
                        .succeeded()
                        .path("vncPassword")
                        .asText())
                .hasSize(8);
        for (var verb : List.of("create", "status", "reboot", "getconsole", "ListSnapshots", "Screendump", "stop")) {
            host.program.call(verb, vm).succeeded();
        }
        assertThat(host.program.call("getconsole", vm).refused()).contains("does not run");
        host.program.call("delete", vm).succeeded();
        host.assertNothingIsLeft();

        var called = Files.readString(log());
        assertThat(called)
                .contains("there.example", "BatchMode=yes", "StrictHostKeyChecking=yes", "-p\n2222\n", "-l\nvms\n");
        assertThat(called).doesNotContain(vm.password(), vm.id());
    }

    @Test
    void theProgramOnTheHostEndsWithTheOneHere() throws Exception {
        var vm = remote();
        host.program.call("create", vm).succeeded();
        var call = host.program.begin("stop", vm.with("stop_timeout", "50"));
        var lock = host.directory().resolve(vm.id() + ".lock");
        await().until(() -> isLocked(lock));

        call.process().destroyForcibly().waitFor();

        await().until(() -> !isLocked(lock));
        host.program.call("delete", vm).succeeded();
        host.assertNothingIsLeft();
    }

    @Test
    void whatIsWrongWithTheWayThereIsTold() throws IOException {
        var vm = remote();
        ssh("#!/bin/sh\necho 'ssh: connect to host there.example port 2222: Connection refused' >&2; exit 255\n");
        assertThat(host.program.call("status", vm).passing())
                .contains("there.example cannot be reached by SSH", "Connection refused", "ssh_port");
        ssh("#!/bin/sh\necho 'sh: 1: python3: not found' >&2; exit 127\n");
        assertThat(host.program.call("status", vm).refused()).contains("python3 is missing on there.example");
        ssh("#!/bin/sh\necho 'sudo: a password is required' >&2; exit 1\n");
        assertThat(host.program.call("status", vm.withHost("ssh_sudo", "true")).refused())
                .contains("gave no answer", "a password is required");
        assertThat(host.program
                        .call("status", vm.withHost("ssh_key_file", "/nowhere"))
                        .refused())
                .contains("/nowhere of the detail ssh_key_file cannot be read");
    }

    private VmWish remote() {
        return host.blank()
                .withHost("ssh_host", "there.example")
                .withHost("ssh_port", "2222")
                .withHost("ssh_user", "vms");
    }

    private Path log() {
        return temporary.resolve("ssh.log");
    }

    private void ssh(String script) throws IOException {
        var file = temporary.resolve("bin").resolve("ssh");
        Files.writeString(file, script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static boolean isLocked(Path lock) throws IOException, InterruptedException {
        return new ProcessBuilder("flock", "-n", lock.toString(), "true")
                        .start()
                        .waitFor()
                != 0;
    }
}
