package io.drover.emulator.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every request that a verb sends goes wrong once, in every way; afterwards all is as it should be. */
@Tag("program")
class FaultSweepIT extends Scenario {

    /** A way for a request to go wrong, and whether the extension must get over it. */
    enum Trouble {
        LOST_BEFORE(true, (faults, line) -> faults.dropBefore(line, 1)),
        LOST_AFTER(true, (faults, line) -> faults.dropAfter(line, 1)),
        UNREACHABLE(true, (faults, line) -> faults.answer(line, 1, 595, "No route to host")),
        BROKEN_PIPE(true, (faults, line) -> faults.answer(line, 1, 596, "Broken pipe")),
        UNAVAILABLE(true, (faults, line) -> faults.answer(line, 1, 503, "Service Unavailable")),
        REFUSED(false, (faults, line) -> faults.answer(line, 1, 500, "got no worker upid - start worker failed"));

        private final boolean passing;
        private final BiConsumer<Faults, String> setting;

        Trouble(boolean passing, BiConsumer<Faults, String> setting) {
            this.passing = passing;
            this.setting = setting;
        }
    }

    @TestFactory
    Stream<DynamicTest> createFromATemplateEndsWithOneVmOrNone() throws IOException {
        return sweep("create", false, proxmox -> Payload.of(proxmox).with("virtualmachine", "disk_size", "12"));
    }

    @TestFactory
    Stream<DynamicTest> createFromAnIsoEndsWithOneVmOrNone() throws IOException {
        return sweep("create", false, Payload::ofIso);
    }

    @TestFactory
    Stream<DynamicTest> deleteEndsWithoutTheVm() throws IOException {
        return sweep("delete", true, Payload::of);
    }

    @ParameterizedTest
    @CsvSource({
        "start, false, POST .*/start",
        "stop, true, POST .*/shutdown",
        "reboot, true, POST .*/reboot",
        "getconsole, true, POST .*/vncproxy"
    })
    void aLostAnswerDoesNotMatterToAVerb(String verb, boolean running, String line) throws IOException {
        for (var after : new boolean[] {false, true}) {
            startEmulator();
            addVm(running);
            if (after) {
                proxmox.faults().dropAfter(line, 1);
            } else {
                proxmox.faults().dropBefore(line, 1);
            }

            succeed(verb);

            assertThat(proxmox.faults().spent()).isTrue();
            assertThat(vm().running()).isEqualTo(!verb.equals("stop"));
            proxmox.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST .*/clone", "PUT .*/resize"})
    void aRequestThatIsNeverAnsweredEndsInTimeWithNothing(String line) {
        proxmox.faults().stall(line, 100);

        assertThat(fail("create", Payload.of(proxmox).with("virtualmachine", "disk_size", "12"), 8)
                        .error())
                .contains("no answer in time");

        assertNothingLeft();
    }

    /** A change whose task cannot be read is judged by the VM itself, so that it may be seen to be done or not. */
    @Test
    void aTaskThatIsNeverToldAboutEndsInTimeWithOneVmOrNone() throws IOException {
        proxmox.faults().stall("GET .*/tasks/.*", 100);

        var run = run("create", Payload.of(proxmox).with("virtualmachine", "disk_size", "12"), 8);

        if (run.exitCode() == 0) {
            assertThat(proxmox.vms()).containsOnlyKeys(TEMPLATE, VMID);
            assertThat(vm().running()).isTrue();
            assertThat(proxmox.volumesOf(VMID)).hasSize(1);
        } else {
            assertThat(run.error()).contains("no answer in time");
            assertNothingLeft();
        }
    }

    private Stream<DynamicTest> sweep(String verb, boolean existing, Function<ProxmoxEmulator, Payload> payload)
            throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (var line : requestsOf(verb, existing, payload)) {
            for (var trouble : troubles(verb, line)) {
                tests.add(DynamicTest.dynamicTest(
                        trouble + " " + line, () -> attempt(verb, existing, payload, line, trouble)));
            }
        }
        return tests.stream();
    }

    /** All ways for each of delete's few requests; those that differ for the many of create. */
    private static List<Trouble> troubles(String verb, String line) {
        if (line.startsWith("GET")) {
            return List.of(Trouble.LOST_AFTER);
        }
        return verb.equals("delete")
                ? List.of(Trouble.values())
                : List.of(Trouble.LOST_BEFORE, Trouble.LOST_AFTER, Trouble.BROKEN_PIPE, Trouble.REFUSED);
    }

    private Iterable<String> requestsOf(String verb, boolean existing, Function<ProxmoxEmulator, Payload> payload)
            throws IOException {
        renew(existing);
        int before = proxmox.requests().size();
        succeed(verb, payload.apply(proxmox));
        var lines = new TreeSet<String>();
        proxmox.requests().stream()
                .skip(before)
                .forEach(line -> lines.add(line.replaceAll("UPID:[^/]+", "UPID:[^/]+")));
        return lines;
    }

    private void attempt(
            String verb, boolean existing, Function<ProxmoxEmulator, Payload> payload, String line, Trouble trouble)
            throws IOException {
        renew(existing);
        trouble.setting.accept(proxmox.faults(), line);
        var run = run(verb, payload.apply(proxmox));

        assertThat(proxmox.faults().spent()).as("the fault happened").isTrue();
        if (trouble.passing) {
            assertThat(run.exitCode()).as(run.output()).isZero();
        }
        if (run.exitCode() == 0 && verb.equals("create")) {
            assertThat(proxmox.vms()).containsOnlyKeys(TEMPLATE, VMID);
            assertThat(vm().running()).isTrue();
            assertThat(vm().config())
                    .containsKey("scsi0")
                    .doesNotContainKeys("unused0", "lock", "net1")
                    .containsEntry("cores", "3");
            assertThat(proxmox.volumesOf(VMID)).hasSize(1);
        } else if (verb.equals("create")) {
            assertThat(run.error()).contains("got no worker upid");
            assertNothingLeft();
        }
        if (verb.equals("delete")) {
            assertThat(run.exitCode() == 0).isEqualTo(proxmox.vms().size() == 1);
            assertThat(proxmox.leakedVolumes()).isEmpty();
        }
    }

    private void renew(boolean existing) throws IOException {
        proxmox.close();
        proxmox = new ProxmoxEmulator();
        if (existing) {
            addVm(true);
        }
    }
}
