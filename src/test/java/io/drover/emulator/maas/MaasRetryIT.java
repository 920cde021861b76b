package io.drover.emulator.maas;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.emulator.ExtensionProgram;
import io.drover.emulator.Faults.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked again, what is left behind, and that machines of others are never touched. */
@Tag("program")
class MaasRetryIT {

    @TempDir
    Path directory;

    private MaasEmulator maas;
    private MaasProgram program;
    private Machine machine;

    @BeforeAll
    static void needPython() {
        ExtensionProgram.assumePython();
    }

    @BeforeEach
    void startMaas() throws IOException {
        maas = new MaasEmulator();
        machine = maas.add(new Machine("bbb222", 8, 16384, "52:54:00:00:00:02"));
        program = new MaasProgram(directory, maas);
    }

    @AfterEach
    void stopMaas() {
        maas.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"DROP_BEFORE", "UNAVAILABLE_BEFORE", "BUSY"})
    void aServerThatIsAwayIsAskedAgainAndServesThen(Fault fault) {
        for (var verb : List.of("prepare", "create", "start", "stop", "reboot", "delete", "status", "statuses")) {
            for (int i = 0; i < 8; i++) {
                maas.faults.next("read", fault);
            }
            program.call(verb, 2).passing();
            while (maas.faults.left() > 0) {
                maas.faults.take("read", fault);
            }
        }
        assertThat(machine.status).isEqualTo(Machine.READY);
        program.call("create").succeeded();
    }

    @ParameterizedTest
    @ValueSource(strings = {"prepare", "create", "stop", "delete", "status"})
    void aServerThatTakesNoConnectionIsAskedAgain(String verb) {
        program.host.put("endpoint", "http://127.0.0.1:1/MAAS");
        program.call(verb, 2).passing("cannot be reached");
    }

    @ParameterizedTest
    @CsvSource({"endpoint, http://no-such-host.invalid/MAAS", "apikey, Consumer4711:Token0815:wrong"})
    void whatDoesNotPassIsRefused(String detail, String value) {
        program.host.put(detail, value);
        program.call("status", 5).refused();
    }

    @Test
    void aMachineThatPrepareAllocatedIsToldByACreationThatIsRefused() {
        program.call("prepare").succeeded();
        machine.status = Machine.BROKEN;

        var call = program.call("create");

        call.refused("cannot be deployed now");
        assertThat(call.answer().path("leftovers").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"read, false", "allocate, true", "set_workload_annotations, true"})
    void aPreparationSaysWhatItMayHaveTaken(String operation, boolean taken) {
        for (int i = 0; i < 8; i++) {
            maas.faults.next(operation, Fault.UNAVAILABLE_BEFORE);
        }

        var call = program.call("prepare", 2);

        call.passing("503");
        assertThat(call.answer().path("leftovers").asBoolean()).isEqualTo(taken);
        while (maas.faults.left() > 0) {
            maas.faults.take(operation, Fault.UNAVAILABLE_BEFORE);
        }
        assertThat(program.call("prepare").succeeded().path("leftovers").asBoolean())
                .isTrue();
        assertThat(maas.taken()).isEqualTo(1);
    }

    @Test
    void aPreparationThatFoundNoMachineLeavesNothing() {
        machine.status = Machine.BROKEN;

        var call = program.call("prepare");

        call.refused("no free machine");
        assertThat(call.answer().has("leftovers")).isFalse();
    }

    @Test
    void aCreationThatReleasedItsMachineLeavesNothing() {
        program.call("prepare").succeeded();
        program.vm.put("distro_series", "nonsense");

        var call = program.call("create");

        call.refused("was released");
        assertThat(call.answer().has("leftovers")).isFalse();
        assertThat(machine.agentName).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"start, power_on, true", "stop, power_off, true", "delete, release, true", "reboot, power_off, false"})
    void whatMayHaveBeenDoneOnceIsNotToBeDoneTwice(String verb, String operation, boolean passes) {
        program.call("create").succeeded();
        machine.on = !verb.equals("start");
        for (int i = 0; i < 8; i++) {
            maas.faults.next(operation, Fault.UNAVAILABLE_BEFORE);
        }

        var call = program.call(verb, 20);
        if (passes) {
            call.passing("503");
        } else {
            call.refused("503");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"annotated", "unsaid", "ignored filter"})
    void machinesOfOthersAreNeverTouched(String kind) {
        machine.status = Machine.DEPLOYED;
        machine.on = true;
        if (kind.equals("annotated")) {
            machine.agentName = MaasProgram.MARK;
            machine.annotations.putAll(Map.of("drover_vm", "i-2-9-VM", "drover_id", "another"));
        } else {
            machine.agentName = "somebody";
            maas.behaviour.ignoresAgentName = true;
        }
        if (kind.equals("ignored filter")) {
            machine.annotations.put("drover_id", "another");
        }

        for (var verb : List.of("prepare", "create", "start", "stop", "reboot", "delete", "status")) {
            program.call(verb).refused("machines of others", "none was touched");
        }

        assertThat(machine.status).isEqualTo(Machine.DEPLOYED);
        assertThat(machine.on).isTrue();
        assertThat(maas.operations).containsOnly("read");
    }

    @Test
    void whatAStopDidIsTold() {
        program.call("create").succeeded();
        maas.behaviour.ignoresSoftOff = true;

        assertThat(message("stop")).contains("was turned off; it had not shut down within");
        assertThat(message("stop")).contains("is off already");
        maas.behaviour.powerUnknown = true;
        assertThat(message("status")).contains("power controller");
    }

    private String message(String verb) {
        return program.call(verb).succeeded().path("message").asText();
    }
}
