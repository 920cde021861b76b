package io.drover.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The extension Libvirt on a libvirtd in session mode, with VMs that are real. */
class LibvirtIT extends LibvirtGuests {
    @Test
    void aVmLivesFromCreateToDelete() throws IOException {
        var vm = guest();
        var serial = libvirt.serial(vm);
        succeed("create", vm);
        serial.awaitBoots(1);
        assertThat(serial.told("GUEST-MAC")).containsExactly("eth0 " + vm.mac());
        assertThat(serial.told("GUEST-IP")).hasSize(1);
        assertStates(vm, "poweron");
        assertConsole(vm);
        assertThat(act("Screendump", vm).path("image").asText())
                .startsWith("iVBORw0KGgo")
                .hasSizeLessThan(65_000);

        succeed("reboot", vm);
        serial.awaitReady(2);
        assertThat(message("stop", vm)).contains("has shut itself down");
        assertThat(serial.told("GUEST-POWERDOWN")).isNotEmpty();
        assertStates(vm, "poweroff");
        succeed("start", vm);
        assertThat(message("stop", vm.with("stop_timeout", "0"))).contains("was switched off");
        assertThat(message("delete", vm)).contains("was deleted");
        assertGone(vm);
    }

    @Test
    void snapshotsBringMemoryAndDiskBack() throws IOException {
        var vm = guest().withSnapshot("once upon");
        var serial = libvirt.serial(vm);
        succeed("create", vm);
        serial.await("GUEST-TICK", "2"::equals);

        act("CreateSnapshot", vm);
        var next = String.valueOf(serial.seconds() + 1);
        serial.await("GUEST-TICK", next, 1);
        assertThat(act("RestoreSnapshot", vm).asText()).contains("goes on");
        serial.await("GUEST-TICK", next, 2);
        assertThat(act("ListSnapshots", vm).path(0).path("memory").asBoolean()).isTrue();
        assertThat(program.call("CreateSnapshot", vm).refused()).contains("has a snapshot 'once upon' already");
        assertThat(program.call("RestoreSnapshot", vm.withSnapshot("two")).refused())
                .contains("it has 'once upon'");

        succeed("stop", vm.with("stop_timeout", "0"));
        assertThat(act("RestoreSnapshot", vm).asText()).contains("still stopped");
        assertStates(vm, "poweroff");
        act("DeleteSnapshot", vm);
        act("DeleteSnapshot", vm);
        act("CreateSnapshot", vm);
        assertThat(act("ListSnapshots", vm).path(0).path("memory").asBoolean()).isFalse();
        succeed("start", vm);
        assertThat(act("RestoreSnapshot", vm).asText()).contains("started anew");
        succeed("delete", vm);
        assertGone(vm);
    }

    @Test
    void everyVerbCanBeRepeated() throws IOException {
        var vm = VmWish.fresh(libvirt.details(), Map.of("disk_size", "16M", "stop_timeout", "0"));
        assertThat(program.call("prepare", vm).succeeded().path("vncPassword").asText())
                .hasSize(8);
        for (var verb : "create create start stop stop start start delete delete stop".split(" ")) {
            succeed(verb, vm);
        }
        assertThat(program.call("start", vm).refused()).contains("There is no VM " + vm.name());
        assertThat(program.call("reboot", vm).refused()).contains("There is no VM " + vm.name());
        assertGone(vm);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            uri           | qemu+unix:///session?socket=/nowhere | a socket by the detail socket
            uri           | --help                 | must be a connection URI
            network_mode  | network                | no network with matching name 'vlan166'
            network_mode  | pigeons                | must be one of network, bridge, user, none
            vnc_bind      | everywhere             | must be an IP address
            accelerator   | magic                  | must be one of auto, kvm, tcg
            pool          | gold                   | define and start the pool
            image         | /nowhere.qcow2         | The image /nowhere.qcow2 cannot be used
            image         | nothing                | is not in the pool default
            iso           | nothing                | is not in the pool default
            disk_size     | much                   | must be a size such as 20G
            cpu_mode      | abacus                 | must be one of host-model
            """)
    void whatIsWrongIsToldAndNothingIsLeft(String detail, String value, String told) throws IOException {
        var vm = guest().withHost(detail, value);
        if (!detail.equals("uri")) {
            vm = vm.with(detail, value);
        }

        assertThat(program.call("create", vm).refused()).contains(told);
        assertGone(vm);
    }

    @Test
    void aDiskInAPoolThatIsNotStartedIsNotForgotten() throws IOException {
        var vm = guest().with("stop_timeout", "0");
        succeed("create", vm);
        succeed("stop", vm);
        try {
            assertThat(libvirt.virsh("pool-destroy", "default")).isZero();
            assertThat(program.call("delete", vm).refused()).contains("not active", "pool-start");
            var never = guest();
            assertThat(message("delete", never)).contains("There is no VM " + never.name(), "default is not started");
        } finally {
            libvirt.virsh("pool-start", "default");
        }
        assertThat(message("delete", vm)).contains("was deleted");
        assertGone(vm);
    }

    @Test
    void picturesAreReadHoweverTheyAreFiltered() throws Exception {
        var picture = new BufferedImage(61, 97, BufferedImage.TYPE_INT_RGB);
        var dice = new Random(7);
        var pixels = new ByteArrayOutputStream();
        for (int at = 0; at < 61 * 97; at++) {
            int colour = at < 3000 ? at * 0x010203 & 0xffffff : dice.nextInt(1 << 24);
            picture.setRGB(at % 61, at / 61, colour);
            pixels.writeBytes(new byte[] {(byte) (colour >> 16), (byte) (colour >> 8), (byte) colour});
        }
        var file = Files.createTempFile("picture", ".png");
        ImageIO.write(picture, "png", file.toFile());
        var script = "import sys;from drover_libvirt import picture as p;"
                + "print(p.read_png(open(sys.argv[1],'rb').read())[2].hex())";
        var process = new ProcessBuilder("/usr/bin/env", "python3", "-B", "-c", script, file.toString())
                .directory(Path.of("extensions/Libvirt").toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var read = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        Files.delete(file);
        assertThat(read).isEqualTo(HexFormat.of().formatHex(pixels.toByteArray()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = "[] \n 7 \n {} \n {\"virtualmachineid\":\"1\"} \n {")
    void aPayloadThatIsNoneIsRefused(String payload) {
        assertThat(program.end(program.begin("status", payload)).refused()).isNotEmpty();
        assertThat(program.end(program.begin("suspend", payload)).refused()).isNotEmpty();
    }

    private VmWish guest() {
        return VmWish.fresh(
                libvirt.details(),
                Map.of("image", libvirt.template().toString(), "disk_size", "30M", "stop_timeout", "40"));
    }

    private void assertConsole(VmWish vm) throws IOException {
        var changed = vm.withPassword("an0ther!");
        for (var now : new VmWish[] {vm, changed}) {
            var console = program.call("getconsole", now).succeeded().path("console");
            int port = console.path("port").asInt();
            assertThat(Screen.logIn("127.0.0.1", port, now.password()).accepted())
                    .isTrue();
            assertThat(Screen.logIn("127.0.0.1", port, "wrong").accepted()).isFalse();
        }
    }

    private void assertStates(VmWish vm, String state) {
        assertThat(program.call("status", vm).succeeded().path("power_state").asText())
                .isEqualTo(state);
        var all = program.call("statuses", vm).succeeded().path("power_state");
        assertThat(all.path(vm.name()).asText()).isEqualTo(state);
    }

    private void assertGone(VmWish vm) throws IOException {
        assertThat(libvirt.virsh("dominfo", vm.id())).isNotZero();
        try (var volumes = Files.list(libvirt.pool())) {
            assertThat(volumes.map(Path::getFileName).map(Path::toString)).noneMatch(name -> name.contains(vm.id()));
        }
    }

    private JsonNode act(String action, VmWish vm) {
        return program.call(action, vm).succeeded().path("message");
    }

    private String message(String verb, VmWish vm) {
        return act(verb, vm).asText();
    }

    private void succeed(String verb, VmWish vm) {
        program.call(verb, vm).succeeded();
    }
}
