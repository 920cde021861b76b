package io.drover.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.FileSystemUtils;

/** What the extension QEMU says when something is wrong, and that nothing is left then. */
@Tag("program")
class QemuRefusalsIT {
    @TempDir
    Path temporary;

    private QemuHost host;

    @BeforeEach
    void openHost() {
        Guest.needsQemu();
        host = new QemuHost(temporary);
    }

    @AfterEach
    void nothingIsLeft() {
        if (host != null) {
            host.assertNothingIsLeft();
            host.clear();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            image        | /nowhere.qcow2    | The image /nowhere.qcow2 is missing
            image        | debian.qcow2      | must be an absolute path unless the host has the detail images
            disk_size    | 16M               | ask for at least as much
            image_format | floppy            | must be one of qcow2, raw
            iso          | /nowhere.iso      | The iso /nowhere.iso is missing
            disk_size    | much              | must be a size such as 20G
            cpu_model    | abacus            | correct the detail cpu_model
            cpu_model    | a b               | must be a CPU model of QEMU
            machine_type | mainframe         | must be one of pc, q35
            disk_bus     | floppy            | must be one of virtio
            nic_model    | carrier-pigeon    | must be one of virtio-net-pci
            serial_log   | perhaps           | must be true or false
            """)
    void aDetailOfTheVmThatIsWrong(String detail, String value, String told) throws IOException {
        var image = Files.createFile(temporary.resolve("image"));
        try (var file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(32 << 20);
        }
        var vm = host.blank()
                .with("image_format", "raw")
                .with("image", image.toString())
                .with("disk_size", "32M");

        assertThat(host.program.call("create", vm.with(detail, value)).refused())
                .contains(told);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            directory      | here           | must be an absolute path without commas
            directory      | /proc/vms      | set the detail directory of the host
            images         | /srv           | is outside of /srv
            min_free_space | 900000G        | lower the detail min_free_space
            accelerator    | magic          | must be one of auto, kvm, tcg
            vnc_bind       | everywhere     | must be an IP address
            vnc_bind       | 203.0.113.7    | correct it
            vnc_ports      | 80-90          | from 5900 to 65535
            network_mode   | pigeons        | must be one of user, bridge, tap, none
            network_mode   | tap            | The bridge br166 for VLAN 166 is missing
            network_mode   | bridge         | ip link add br166 type bridge
            user_restrict  | 1              | must be true or false
            ssh_host       | -oProxyCommand | must be a host's name or address
            ssh_host       | nobody.invalid | cannot be reached by SSH
            """)
    void aDetailOfTheHostThatIsWrong(String detail, String value, String told) throws IOException {
        var vm = host.blank();
        if (detail.equals("images")) {
            vm = vm.with("image", Files.createFile(temporary.resolve("image")).toString());
        }
        if (value.equals("nobody.invalid")) {
            Guest.needs("openssh-client", "ssh");
        }

        assertThat(host.program.call("create", vm.withHost(detail, value)).refused())
                .contains(told);
    }

    @Test
    void aVmWithNothingToBootFrom() {
        var vm = VmWish.fresh(host.details(), Map.of());

        assertThat(host.program.call("create", vm).refused()).contains("nothing to boot from", "image or iso");
        assertThat(host.program.call("prepare", vm).refused()).contains("nothing to boot from");
    }

    @Test
    void anImageThatIsNone() throws IOException {
        var image = Files.writeString(temporary.resolve("image"), "not a disk");
        var vm = host.blank().with("image", image.toString()).with("image_format", "qcow2");

        assertThat(host.program.call("create", vm).refused()).contains("cannot be read", "qemu-img");
    }

    @Test
    void portsThatAreAllTaken() throws IOException {
        try (var taken = taken()) {
            var vm = host.blank().withHost("vnc_ports", String.valueOf(taken.getLocalPort()));

            assertThat(host.program.call("create", vm).refused()).contains("widen this detail");
        }
    }

    @Test
    void moreMemoryThanThereIs() {
        var vm = host.blank().withMemory(1L << 47);

        assertThat(host.program.call("create", vm).refused()).contains("too little memory");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "{", "{}", "{\"virtualmachineid\":\"../x\"}", "{\"virtualmachineid\":\"-\"}", "7"})
    void aPayloadThatIsNone(String payload) {
        for (var verb : new String[] {"create", "delete", "status", "getconsole", "CreateSnapshot"}) {
            var answer = host.program.end(host.program.begin(verb, payload));

            assertThat(answer.refused()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"suspend", "createsnapshot", "--help", ""})
    void aVerbThatIsUnknown(String verb) {
        assertThat(host.program.call(verb, host.blank()).refused()).contains("Unknown action", "this extension knows");
    }

    @Test
    void whatIsNoVmOrCannotBeReadDoesNotSpoilStatuses() throws IOException {
        var vm = host.blank();
        host.program.call("create", vm).succeeded();
        var strange = Files.createDirectories(host.directory().resolve("lost+found"));
        Files.writeString(strange.resolve("vm.json"), "{");

        var run = host.program.call("statuses", vm).succeeded().path("power_state");

        assertThat(run.path(vm.name()).asText()).isEqualTo("poweron");
        assertThat(run).hasSize(1);
        FileSystemUtils.deleteRecursively(strange);
        host.program.call("delete", vm).succeeded();
    }

    @Test
    void whatNeedsAVmThatRuns() {
        var vm = host.blank();
        host.program.call("create", vm).succeeded();
        host.program.call("stop", vm).succeeded();

        assertThat(host.program.call("getconsole", vm).refused()).contains("does not run", "start it");
        assertThat(host.program.call("Screendump", vm).refused()).contains("does not run", "start it");
        host.program.call("delete", vm).succeeded();
        assertThat(host.program.call("getconsole", vm).refused()).contains("There is no VM");
    }

    private static ServerSocket taken() throws IOException {
        for (int port = 6900; port < 7100; port++) {
            if (QemuHost.isFree(port)) {
                return new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"));
            }
        }
        throw new IOException("No port is free");
    }
}
