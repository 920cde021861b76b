package io.drover.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

/** VMs of the extension QEMU that are neither on nor off, that it did not make, or that cannot be deleted. */
@Tag("program")
class QemuStatesIT {
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

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            start  |                      | goes on: somebody paused it   | poweron  | same
            reboot | reboot_mode=reset    | was reset and runs            | poweron  | same
            reboot | reboot_mode=graceful | was reset and runs            | poweron  | same
            stop   | stop_timeout=30      | could not be asked            | poweroff | none
            stop   | stop_timeout=0       | was switched off              | poweroff | none
            """)
    void aVmThatStandsIsToldAndNotAskedToShutItselfDown(
            String verb, String detail, String told, String power, String process) {
        var vm = host.blank();
        host.program.call("create", vm).succeeded();
        var before = host.processes();
        try (var qmp = qmp(vm)) {
            qmp.say("{\"execute\":\"stop\"}");
        }
        assertPaused(vm, "somebody paused it");

        var asked = detail == null ? vm : vm.with(detail.split("=")[0], detail.split("=")[1]);
        assertThat(message(verb, asked)).contains(told).doesNotContain("seconds");

        assertThat(host.state(vm)).isEqualTo(power);
        assertThat(host.processes().equals(before)).isEqualTo(process.equals("same"));
        host.program.call("delete", vm).succeeded();
        host.assertNothingIsLeft();
    }

    @ParameterizedTest
    @CsvSource({"start, true", "reboot, true", "start, false", "reboot, false", "stop, false"})
    void aVmWhoseDiskIsFullSaysSoAndGoesOnWhereThereIsSpaceAgain(String verb, boolean once) {
        var vm = VmWish.fresh(
                host.details(),
                Map.of("image", FullDisk.template(temporary).toString(), "image_format", "raw", "stop_timeout", "30"));
        host.program.call("create", vm).succeeded();
        try (var qmp = qmp(vm)) {
            FullDisk.fill(qmp, temporary, vm.id(), once);
            await().atMost(Duration.ofSeconds(60)).until(() -> qmp.state().equals("io-error"));
        }

        assertPaused(vm, "input/output error", "is full");
        if (verb.equals("stop")) {
            assertThat(message("stop", vm)).contains("could not be asked", "is full");
            assertThat(host.state(vm)).isEqualTo("poweroff");
        } else if (once) {
            assertThat(message(verb, vm)).contains("input/output error");
            assertThat(host.state(vm)).isEqualTo("poweron");
        } else if (verb.equals("start")) {
            assertThat(host.program.call(verb, vm).refused()).contains("does not", "is full");
            assertPaused(vm, "input/output error", "is full");
        } else {
            // its boot sector writes as soon as it is read
            host.program.call(verb, vm);
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertPaused(vm, "is full"));
        }
        host.program.call("delete", vm).succeeded();
        host.assertNothingIsLeft();
    }

    @Test
    void aVmThatStandsIsSetBackAndRuns() {
        var vm = host.blank().withSnapshot("one");
        host.program.call("create", vm).succeeded();
        host.program.call("CreateSnapshot", vm).succeeded();
        try (var qmp = qmp(vm)) {
            qmp.say("{\"execute\":\"stop\"}");
        }

        assertThat(message("RestoreSnapshot", vm)).contains("goes on from snapshot");
        assertThat(host.state(vm)).isEqualTo("poweron");
    }

    @Test
    void aQemuThatDoesNotAnswerIsToldSoonAndAskedAgain() throws IOException {
        var vm = host.blank().withSnapshot("one");
        host.program.call("create", vm).succeeded();
        var process = host.processes().get(0);
        signal("STOP", process);
        try {
            var begun = System.nanoTime();
            assertThat(host.program.call("CreateSnapshot", vm).passing()).contains("does not answer");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(40));
            var status = host.program.call("status", vm).succeeded();
            assertThat(status.path("power_state").asText()).isEqualTo("unknown");
            assertThat(status.path("message").asText()).contains("does not answer");
            assertThat(status.path("uuid").asText()).isEqualTo(vm.id());
        } finally {
            signal("CONT", process);
        }
        host.program.call("CreateSnapshot", vm).succeeded();
    }

    @ParameterizedTest
    @ValueSource(strings = {"files", "another VM", "a link"})
    void whatDroverDidNotMakeIsLeftAlone(String kind) throws IOException {
        var vm = host.blank().withSnapshot("one");
        var place = host.directory().resolve(vm.id());
        var content = Files.createDirectories(kind.equals("a link") ? temporary.resolve("elsewhere") : place);
        Files.writeString(content.resolve("disk.qcow2"), "precious");
        if (kind.equals("another VM")) {
            Files.writeString(content.resolve("vm.json"), "{\"created\":true,\"name\":\"x\",\"id\":\"another\"}");
        } else if (kind.equals("a link")) {
            Files.writeString(content.resolve("vm.json"), "{\"created\":true,\"name\":\"x\"}");
            Files.createSymbolicLink(place, content);
        }

        assertThat(host.program.call("create", vm).refused())
                .contains(place.toString(), "did not make", "Move it away");
        for (var verb :
                "start reboot getconsole CreateSnapshot ListSnapshots RestoreSnapshot DeleteSnapshot".split(" ")) {
            assertThat(host.program.call(verb, vm).refused()).contains("There is no VM", "left alone");
        }
        for (var verb : "stop delete".split(" ")) {
            assertThat(message(verb, vm)).contains("left alone");
        }
        var status = host.program.call("status", vm).succeeded();
        assertThat(status.path("power_state").asText()).isEqualTo("unknown");
        assertThat(status.has("uuid")).isFalse();
        assertThat(place.resolve("disk.qcow2")).hasContent("precious");
        FileSystemUtils.deleteRecursively(content);
    }

    @Test
    void aVmOfAnEarlierVersionIsStillKnown() throws IOException {
        var vm = host.blank();
        host.program.call("create", vm).succeeded();
        var record = host.directory().resolve(vm.id()).resolve("vm.json");
        var json = (com.fasterxml.jackson.databind.node.ObjectNode) HypervisorCall.JSON.readTree(record.toFile());
        json.remove("id");
        Files.writeString(record, json.toString());

        host.program.call("stop", vm).succeeded();
        host.program.call("start", vm).succeeded();
        assertThat(message("delete", vm)).contains("was deleted");
        host.assertNothingIsLeft();
    }

    @Test
    void whatCannotBeDeletedIsNotSwitchedOff() throws Exception {
        Guest.needs("e2fsprogs", "chattr");
        var vm = host.blank();
        host.program.call("create", vm).succeeded();
        var folder = host.directory().resolve(vm.id()).toString();
        var fixed = new ProcessBuilder("chattr", "+i", folder).start().waitFor() == 0;
        org.junit.jupiter.api.Assumptions.assumeTrue(fixed, "This file system or user cannot make files immutable");
        try {
            assertThat(host.program.call("delete", vm).refused()).contains("was left as it is");
            assertThat(host.program.stopToDelete(vm).refused()).contains("was left as it is");
            assertThat(host.processes()).hasSize(1);
        } finally {
            new ProcessBuilder("chattr", "-i", folder).start().waitFor();
        }
        host.program.stopToDelete(vm).succeeded();
        assertThat(host.processes()).isEmpty();
        host.program.call("delete", vm).succeeded();
        host.assertNothingIsLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"stop", "delete", "status", "statuses"})
    void aVmThatWasNeverMadeNeedsNoDirectory(String verb) {
        var vm = host.blank().withHost("directory", "/proc/vms");

        assertThat(host.program.call(verb, vm).succeeded().has("uuid")).isFalse();
    }

    private void assertPaused(VmWish vm, String... why) {
        var status = host.program.call("status", vm).succeeded();
        assertThat(status.path("power_state").asText()).isEqualTo("paused");
        assertThat(status.path("uuid").asText()).isEqualTo(vm.id());
        assertThat(status.path("message").asText()).contains(why);
        var all = host.program.call("statuses", vm).succeeded().path("power_state");
        assertThat(all.path(vm.name()).asText()).isEqualTo("paused");
    }

    private Qmp qmp(VmWish vm) {
        return new Qmp(host.directory().resolve(vm.id()).resolve("control.sock"));
    }

    private String message(String verb, VmWish vm) {
        JsonNode answer = host.program.call(verb, vm).succeeded();
        return answer.path("message").asText();
    }

    private static void signal(String name, long process) throws IOException {
        try {
            new ProcessBuilder("kill", "-" + name, String.valueOf(process))
                    .start()
                    .waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
