package io.drover.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls of the extension QEMU that come twice, at once, or to a bad end. */
@Tag("program")
class QemuRepeatedIT {
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
    void everyVerbCanBeRepeated() {
        var vm = host.blank();
        succeed("create", vm);
        var process = host.processes();
        succeed("create", vm);
        succeed("start", vm);
        assertThat(host.processes()).hasSize(1).isEqualTo(process);
        succeed("stop", vm);
        succeed("stop", vm);
        assertThat(host.program.call("reboot", vm).refused()).contains("does not run", "start it");
        succeed("create", vm);
        assertThat(host.state(vm)).isEqualTo("poweron");
        succeed("delete", vm);
        succeed("delete", vm);
        succeed("stop", vm);
        assertThat(host.state(vm)).isEqualTo("unknown");
        assertThat(host.program.call("start", vm).refused()).contains("There is no VM " + vm.id());
        host.assertNothingIsLeft();
    }

    @Test
    void callsForOneVmAtTheSameTimeMakeOneVm() {
        var vm = host.blank();
        var calls = Stream.of("create", "create", "status", "create", "statuses")
                .map(verb -> host.program.begin(verb, vm))
                .toList();

        calls.forEach(call -> host.program.end(call).succeeded());

        assertThat(host.processes()).hasSize(1);
        succeed("delete", vm);
        host.assertNothingIsLeft();
    }

    @Test
    void fourVmsAtOnceAreFourVmsAndNothingWhenTheyAreDeleted() {
        var vms = IntStream.range(0, 4).mapToObj(i -> host.guest()).toList();
        all("create", vms);

        vms.forEach(vm -> host.serial(vm).awaitReady(1));
        vms.forEach(vm -> assertThat(host.serial(vm).told("GUEST-MAC")).containsExactly("eth0 " + vm.mac()));
        var ports = vms.stream()
                .map(vm -> host.program.call("getconsole", vm).succeeded())
                .map(answer -> answer.path("console").path("port").asInt())
                .toList();
        assertThat(ports).doesNotHaveDuplicates().noneMatch(QemuHost::isFree);
        var states = host.program.call("statuses", vms.get(0)).succeeded().path("power_state");
        vms.forEach(vm -> assertThat(states.path(vm.name()).asText()).isEqualTo("poweron"));
        assertThat(states).hasSize(4);

        all("delete", vms);
        host.assertNothingIsLeft();
        assertThat(ports).allMatch(QemuHost::isFree);
    }

    @Test
    void aCreationThatWasKilledIsClearedAwayByTheNextCall() throws InterruptedException {
        for (long millis : List.of(60L, 100L, 140L, 180L, 260L)) {
            var vm = host.blank();
            var call = host.program.begin("create", vm);
            call.process().waitFor(millis, TimeUnit.MILLISECONDS);
            call.process().destroyForcibly().waitFor();

            assertThat(host.state(vm)).isIn("unknown", "poweron");
            if (millis % 40 == 20) {
                succeed("create", vm);
                assertThat(host.state(vm)).isEqualTo("poweron");
                assertThat(host.processes()).hasSize(1);
            }
            succeed("delete", vm);
            host.assertNothingIsLeft();
        }
    }

    @Test
    void aCreationThatIsEndedClearsAwayItself() throws InterruptedException {
        var vm = host.blank();
        var call = host.program.begin("create", vm);
        await().pollInterval(Duration.ofMillis(1))
                .until(() -> Files.exists(host.directory().resolve(vm.id())));
        call.process().destroy();
        int exitCode = call.process().waitFor();

        if (exitCode != 0) {
            assertThat(host.files()).doesNotContain(vm.id());
            assertThat(host.processes()).isEmpty();
        }
        succeed("delete", vm);
        host.assertNothingIsLeft();
    }

    @Test
    void aQemuThatWasKilledIsOffAndCanBeStarted() {
        var vm = host.blank();
        succeed("create", vm);

        host.clear();
        await().until(() -> host.processes().isEmpty());

        assertThat(host.state(vm)).isEqualTo("poweroff");
        succeed("start", vm);
        assertThat(host.state(vm)).isEqualTo("poweron");
        succeed("delete", vm);
        host.assertNothingIsLeft();
    }

    @Test
    void aQemuThatDoesNotAnswerIsUnknownAndEndedTheHardWay() throws Exception {
        var vm = host.blank();
        succeed("create", vm);
        for (long pid : host.processes()) {
            new ProcessBuilder("kill", "-STOP", String.valueOf(pid)).start().waitFor();
        }

        assertThat(host.state(vm)).isEqualTo("unknown");
        succeed("delete", vm);
        host.assertNothingIsLeft();
    }

    private void succeed(String verb, VmWish vm) {
        host.program.call(verb, vm).succeeded();
    }

    private void all(String verb, List<VmWish> vms) {
        var calls = vms.stream().map(vm -> host.program.begin(verb, vm)).toList();
        calls.forEach(call -> host.program.end(call).succeeded());
    }
}
