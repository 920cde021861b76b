package io.drover.emulator.maas;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.emulator.ExtensionProgram;
import io.drover.emulator.Faults.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("program")
class MaasFaultIT {

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
        maas.add(new Machine("ccc333", 8, 16384, "52:54:00:00:00:03"));
        program = new MaasProgram(directory, maas);
    }

    @AfterEach
    void noSecretIsToldAndMaasStops() {
        maas.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"DROP_BEFORE", "DROP_AFTER", "UNAVAILABLE_BEFORE", "UNAVAILABLE_AFTER"})
    void losesNothingWhenAnyRequestGoesWrongOnce(Fault fault) {
        for (var operation : List.of(
                "read",
                "allocate",
                "set_workload_annotations",
                "deploy",
                "query_power_state",
                "power_off",
                "power_on",
                "release")) {
            maas.faults.next(operation, fault);
        }
        for (var verb : List.of("prepare", "create", "reboot", "delete")) {
            program.call(verb).succeeded();
        }
        assertThat(maas.faults.left()).isZero();
        assertThat(maas.count("deploy")).isEqualTo(1);
        assertThat(maas.machines.values()).allMatch(one -> one.status == Machine.READY && one.agentName.isEmpty());
    }

    @Test
    void givesBackWhatWasAllocatedOnceTooOften() {
        for (var one : maas.machines.values()) {
            one.status = Machine.ALLOCATED;
            one.agentName = MaasProgram.MARK;
        }
        program.call("prepare").succeeded();
        assertThat(maas.count("release")).isEqualTo(1);
        assertThat(maas.machines.values().stream().filter(one -> one.agentName.equals(MaasProgram.MARK)))
                .hasSize(1);
    }

    @Test
    void releasesAMachineWhoseDeploymentFails() {
        maas.behaviour.failsDeployments = true;
        program.call("prepare").succeeded();
        program.call("create").refused("could not deploy", "no space left on device", "was released");
        assertNothingAllocated();
    }

    @Test
    void deploysTheSameMachineAgainAfterAFailureThatStayed() {
        program.call("prepare").succeeded();
        machine.status = Machine.FAILED_DEPLOYMENT;
        program.call("create").succeeded();
        assertThat(machine.status).isEqualTo(Machine.DEPLOYED);
    }

    @Test
    void releasesAMachineThatIsNotDeployedInTime() {
        maas.behaviour.looksToDeploy = 10_000;
        program.call("create", 6).refused("not over in time", "raise the extension's timeout", "was released");
        assertNothingAllocated();
    }

    @Test
    void releasesAMachineThatMaasRefusesToDeploy() {
        program.vm.put("distro_series", "nonsense");
        program.call("create").refused("nonsense", "was released");
        assertNothingAllocated();
    }

    @Test
    void saysWhatNoMachineFits() {
        program.vm.put("tags", "gpu");
        program.call("prepare").refused("no free machine that fits", "gpu", "cpu_count=2", "Commission or free one");
    }

    @Test
    void saysWhyAMachineCannotBeReleased() {
        program.call("prepare").succeeded();
        maas.behaviour.failsReleases = true;
        program.call("delete").refused("could not release", "power settings");
        machine.status = Machine.ALLOCATED;
        machine.locked = true;
        program.call("delete").refused("unlock the machine");
    }

    @Test
    void saysWhenAMachineDoesNotTurnOn() {
        program.call("create").succeeded();
        program.call("stop").succeeded();
        maas.behaviour.ignoresPowerOn = true;
        program.call("start", 4).refused("told to turn on but is not on", "power settings");
    }

    @Test
    void saysThatTheKeyIsRefused() {
        program.host.put("apikey", "Consumer4711:Token0815:wrong-Secret");
        assertThat(program.call("status").refused("refuses the API key", "Make a new key"))
                .doesNotContain("wrong-Secret");
        program.host.put("apikey", MaasEmulator.KEY);
        maas.faults.next("read", Fault.EXPIRED);
        program.call("status").refused("clocks");
    }

    @ParameterizedTest
    @CsvSource({
        "apikey, , detail apikey is missing",
        "apikey, a:b, three parts",
        "endpoint, , detail endpoint is missing",
        "endpoint, ftp://x, must look like",
        "endpoint, http://no-such-host.invalid/MAAS, name of",
        "verify_tls_certificate, maybe, true or false"
    })
    void saysWhichDetailIsWrong(String name, String value, String words) {
        if (value == null) {
            program.host.remove(name);
        } else {
            program.host.put(name, value);
            program.host.computeIfPresent(
                    "endpoint",
                    (key, endpoint) -> name.startsWith("verify") ? endpoint.replace("http:", "https:") : endpoint);
        }
        var message = program.call("status", 10).refused(words);
        assertThat(message).doesNotContain("TopSecretOfMaas");
    }

    @Test
    void saysThatTheEndpointIsNoMaas() {
        program.host.compute("endpoint", (name, endpoint) -> endpoint.replace("/MAAS", "/other"));
        program.call("status").refused("404");
    }

    @Test
    void givesUpOnAServerThatStaysDown() {
        maas.faults.next(
                "read",
                Fault.UNAVAILABLE_BEFORE,
                Fault.UNAVAILABLE_BEFORE,
                Fault.DROP_BEFORE,
                Fault.UNAVAILABLE_BEFORE);
        program.call("status").passing("503", "Look whether MAAS is up");
    }

    private void assertNothingAllocated() {
        program.call("delete").succeeded();
        assertThat(maas.machines.values())
                .allMatch(one -> one.status == Machine.READY || one.status == Machine.RELEASING);
        assertThat(maas.machines.values()).allMatch(one -> one.agentName.isEmpty());
    }
}
