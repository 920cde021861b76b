package io.drover.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of a real VM that the extension QEMU runs on this machine. */
@Tag("program")
class QemuIT {
    @TempDir
    Path temporary;

    private QemuHost host;

    @BeforeEach
    void openHost() {
        Guest.needsQemu();
        host = new QemuHost(temporary);
    }

    @AfterEach
    void clear() {
        if (host != null) {
            host.clear();
        }
    }

    @Test
    void aVmBootsWithItsMacAndAddressAndShowsItsScreenToWhoeverHasThePassword() throws IOException {
        var vm = host.guest().withHost("accelerator", "auto");
        host.program.call("create", vm).succeeded();
        var serial = host.serial(vm);
        serial.awaitReady(1);

        assertThat(serial.told("GUEST-MAC")).containsExactly("eth0 " + vm.mac());
        assertThat(serial.told("GUEST-IP")).containsExactly("eth0 10.1.1.20/24");
        assertThat(host.state(vm)).isEqualTo("poweron");
        var console = host.program.call("getconsole", vm).succeeded().path("console");
        assertThat(console.path("protocol").asText()).isEqualTo("vnc");
        assertThat(console.path("host").asText()).isEqualTo("127.0.0.1");
        assertThat(console.path("password").asText()).isEqualTo(vm.password());
        int port = console.path("port").asInt();
        var login = Screen.logIn("127.0.0.1", port, vm.password());
        assertThat(login.accepted()).isTrue();
        assertThat(login.name()).contains(vm.name());
        assertThat(Screen.logIn("127.0.0.1", port, "wrong").accepted()).isFalse();
        assertThat(Screen.logIn("127.0.0.1", port, "").accepted()).isFalse();
        assertPictureOfText(vm);

        host.program.call("delete", vm).succeeded();
        host.assertNothingIsLeft();
        assertThat(QemuHost.isFree(port)).isTrue();
        assertThat(host.state(vm)).isEqualTo("unknown");
    }

    @Test
    void rebootAndStopGoThroughTheGuestOrPastIt() {
        var vm = host.guest();
        host.program.call("create", vm).succeeded();
        var serial = host.serial(vm);
        serial.awaitBoots(1);
        var process = host.processes();

        assertThat(message("reboot", vm)).contains("was reset");
        serial.awaitReady(2);
        assertThat(serial.told("GUEST-BOOTS")).containsExactly("1", "2");
        assertThat(host.processes()).isEqualTo(process);

        assertThat(message("reboot", vm.with("reboot_mode", "graceful"))).contains("shut down and started again");
        serial.awaitBoots(3);
        assertThat(host.processes()).hasSize(1).isNotEqualTo(process);

        assertThat(message("stop", vm)).contains("has shut itself down");
        assertThat(serial.told("GUEST-POWERDOWN")).isNotEmpty();
        assertThat(host.state(vm)).isEqualTo("poweroff");
        assertThat(host.processes()).isEmpty();

        host.program.call("start", vm).succeeded();
        assertThat(message("stop", vm.with("stop_timeout", "1"))).contains("not shut itself down within 1 seconds");
        assertThat(host.state(vm)).isEqualTo("poweroff");
        host.program.call("delete", vm).succeeded();
        host.assertNothingIsLeft();
    }

    @Test
    void aPasswordThatHasChangedCountsFromTheNextConsole() throws IOException {
        var vm = host.blank();
        host.program.call("create", vm).succeeded();
        var changed = vm.withPassword("an0ther!");

        var console = host.program.call("getconsole", changed).succeeded().path("console");

        assertThat(console.path("password").asText()).isEqualTo("an0ther!");
        int port = console.path("port").asInt();
        assertThat(Screen.logIn("127.0.0.1", port, "an0ther!").accepted()).isTrue();
        assertThat(Screen.logIn("127.0.0.1", port, vm.password()).accepted()).isFalse();
        host.program.call("delete", vm).succeeded();
    }

    @Test
    void aVmWithoutAPasswordLetsNobodyInAndTheConsoleMakesOne() throws IOException {
        var vm = host.blank().withPassword("");
        host.program.call("create", vm).succeeded();

        var console = host.program.call("getconsole", vm).succeeded().path("console");

        int port = console.path("port").asInt();
        assertThat(console.path("password").asText()).hasSize(8);
        assertThat(Screen.logIn("127.0.0.1", port, "").accepted()).isFalse();
        assertThat(Screen.logIn("127.0.0.1", port, console.path("password").asText())
                        .accepted())
                .isTrue();
        host.program.call("delete", vm).succeeded();
    }

    @Test
    void prepareAnswersAPasswordAndLooksForTheTemplate() {
        var vm = host.guest();
        var patch = host.program.call("prepare", vm).succeeded();

        assertThat(patch.path("vncPassword").asText()).matches("[A-Za-z0-9]{8}");
        assertThat(host.program
                        .call("prepare", vm.with("image", "/nowhere.qcow2"))
                        .refused())
                .contains("/nowhere.qcow2 is missing");
        host.assertNothingIsLeft();
    }

    private String message(String verb, VmWish vm) {
        return host.program.call(verb, vm).succeeded().path("message").asText();
    }

    private void assertPictureOfText(VmWish vm) throws IOException {
        var shown = host.program.call("Screendump", vm).succeeded().path("message");
        var image = ImageIO.read(new ByteArrayInputStream(
                Base64.getDecoder().decode(shown.path("image").asText())));
        assertThat(List.of(image.getWidth(), image.getHeight()))
                .containsExactly(
                        shown.path("width").asInt(), shown.path("height").asInt());
        var pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        assertThat(Arrays.stream(pixels).distinct().count()).isGreaterThan(1);
    }
}
