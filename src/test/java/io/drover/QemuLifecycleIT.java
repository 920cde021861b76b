package io.drover;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.inventory.Vms;
import io.drover.qemu.Guest;
import io.drover.qemu.Screen;
import io.drover.qemu.SerialLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A real virtual machine's life through the REST API. */
@Tag("matrix")
class QemuLifecycleIT extends WholeApplication {
    @Autowired
    private Vms vms;

    private Path directory;
    private Path image;

    @BeforeEach
    void needsQemu() throws IOException {
        Guest.needsQemu();
        var place = HOME.resolve("vms");
        directory = Files.createDirectories(place.resolve(unique("q")));
        image = place.resolve("template.qcow2");
        Files.copy(Guest.template(), image, StandardCopyOption.REPLACE_EXISTING);
    }

    @AfterEach
    void clear() throws IOException {
        if (directory == null) {
            return;
        }
        processes().forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    }

    @Test
    void aVmIsDeployedSeenRebootedStoppedStartedAndDeletedWithNothingLeft() throws IOException {
        var site = site();
        var vm = succeeded(admin.done(inventory.deploy(site, Map.of())))
                .path("vm")
                .asText();
        var serial = new SerialLine(directory.resolve(vm).resolve("serial.log"));
        serial.awaitBoots(1);
        var nic = admin.vm(vm).path("nics").path(0);
        assertThat(serial.told("GUEST-MAC"))
                .containsExactly("eth0 " + nic.path("mac").asText());
        assertThat(serial.told("GUEST-IP"))
                .containsExactly("eth0 " + nic.path("ip").asText() + "/24");
        assertThat(processes()).hasSize(1);
        assertScreenHasThePatchedPassword(vm);

        ask("reboot", vm, "Running", "PowerOn");
        serial.awaitReady(2);
        ask("status", vm, "Running", "PowerOn");
        ask("stop", vm, "Stopped", "PowerOff");
        assertThat(serial.told("GUEST-POWERDOWN")).isNotEmpty();
        assertThat(processes()).isEmpty();
        ask("start", vm, "Running", "PowerOn");
        serial.awaitBoots(3);

        assertScreenHasThePatchedPassword(vm);
        succeeded(inventory.ask("delete", vm));
        assertThat(processes()).isEmpty();
        assertThat(files()).isEmpty();
    }

    @Test
    void aSnapshotIsTakenListedRestoredAndDeleted() throws IOException {
        var vm = succeeded(admin.done(inventory.deploy(site(), Map.of())))
                .path("vm")
                .asText();
        var serial = new SerialLine(directory.resolve(vm).resolve("serial.log"));
        serial.await("GUEST-TICK", "2"::equals);

        act(vm, "CreateSnapshot", Map.of("snap_name", "before"));
        serial.await("GUEST-TICK", "5"::equals);
        act(vm, "RestoreSnapshot", Map.of("snap_name", "before"));
        serial.await("GUEST-TICK", "6"::equals);
        assertThat(serial.told("GUEST-TICK").stream().filter("5"::equals)).hasSize(2);
        assertThat(act(vm, "ListSnapshots", Map.of()).toString()).contains("before");
        act(vm, "DeleteSnapshot", Map.of("snap_name", "before"));

        succeeded(inventory.ask("delete", vm));
        assertThat(processes()).isEmpty();
        assertThat(files()).isEmpty();
    }

    @Test
    void aDeploymentThatFailsSaysWhyAndLeavesNothing() throws IOException {
        var site = site();
        var operation = admin.done(inventory.deploy(
                site, Map.of("image", HOME.resolve("vms/nowhere.qcow2").toString())));

        assertThat(operation.path("state").asText()).isEqualTo("FAILED");
        assertThat(operation.path("error").toString()).contains("nowhere.qcow2 is missing");
        assertThat(processes()).isEmpty();
        assertThat(files()).isEmpty();
    }

    /** A cluster of the extension QEMU with this machine as host, and the guest as template. */
    private Inventory.Site site() {
        var site = inventory.site("QEMU");
        var host = Map.of(
                "directory",
                directory.toString(),
                "min_free_space",
                "64M",
                "accelerator",
                "tcg",
                "vnc_ports",
                "5900-6899");
        admin.patch("/api/v1/hosts/" + site.name(), Map.of("details", host)).expecting(200);
        var template = Map.of("image", image.toString(), "serial_log", "true", "stop_timeout", "30");
        admin.patch("/api/v1/templates/" + site.name(), Map.of("details", template))
                .expecting(200);
        return site;
    }

    private void assertScreenHasThePatchedPassword(String vm) throws IOException {
        var port = port();
        var password = vms.vncPassword(UUID.fromString(vm));
        assertThat(password).hasSize(8);
        assertThat(Screen.logIn("127.0.0.1", port, password).accepted()).isTrue();
        assertThat(Screen.logIn("127.0.0.1", port, "wrong").accepted()).isFalse();
    }

    /** The port from 5900 that the only QEMU process listens at. */
    private int port() throws IOException {
        var inodes = new HashMap<String, Integer>();
        for (var line : Files.readAllLines(Path.of("/proc/net/tcp"))) {
            var fields = line.strip().split("\\s+");
            if (fields[3].equals("0A")) {
                inodes.put("socket:[" + fields[9] + "]", Integer.parseInt(fields[1].substring(9), 16));
            }
        }
        try (var files = Files.list(Path.of("/proc/" + processes().get(0) + "/fd"))) {
            for (var file : files.toList()) {
                var port = inodes.get(Files.readSymbolicLink(file).toString());
                if (port != null && port >= 5900) {
                    return port;
                }
            }
        }
        throw new AssertionError("QEMU listens at no port");
    }

    private void ask(String verb, String vm, String state, String power) {
        succeeded(inventory.ask(verb, vm));
        var now = admin.vm(vm);
        assertThat(now.path("state").asText()).isEqualTo(state);
        assertThat(now.path("powerState").asText()).isEqualTo(power);
    }

    private JsonNode act(String vm, String action, Map<String, String> parameters) {
        var wish = Map.of("parameters", parameters);
        return succeeded(admin.done(admin.post("/api/v1/vms/" + vm + "/actions/" + action, wish)));
    }

    private static JsonNode succeeded(JsonNode operation) {
        assertThat(operation.path("state").asText()).as(operation.toString()).isEqualTo("SUCCEEDED");
        return operation;
    }

    private List<String> files() throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(Path::toString).toList();
        }
    }

    private List<Long> processes() throws IOException {
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(pid -> commandLine(pid).contains("\0-pidfile\0" + directory))
                .toList();
    }

    private static String commandLine(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
