package io.drover.emulator.maas;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.emulator.ExtensionProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("program")
class MaasLifecycleIT {

    @TempDir
    Path directory;

    private MaasEmulator maas;
    private MaasProgram program;
    private Machine small;
    private Machine fit;

    @BeforeAll
    static void needPython() {
        ExtensionProgram.assumePython();
    }

    @BeforeEach
    void startMaas() throws IOException {
        maas = new MaasEmulator();
        small = maas.add(new Machine("aaa111", 1, 2048, "52:54:00:00:00:01"));
        fit = maas.add(new Machine("bbb222", 8, 16384, "52:54:00:00:00:02", "52:54:00:00:00:03"));
        program = new MaasProgram(directory, maas);
    }

    @AfterEach
    void stopMaas() {
        maas.close();
    }

    @Test
    void leadsAMachineThroughItsLife() {
        program.call("prepare").succeeded();
        assertThat(fit.status).isEqualTo(Machine.ALLOCATED);
        program.call("create").succeeded();
        assertThat(powerState()).isEqualTo("poweron");
        program.call("stop").succeeded();
        assertThat(powerState()).isEqualTo("poweroff");
        program.call("start").succeeded();
        assertThat(powerState()).isEqualTo("poweron");
        program.call("reboot").succeeded();
        assertThat(powerState()).isEqualTo("poweron");
        program.call("delete").succeeded();
        assertThat(powerState()).isEqualTo("unknown");
        assertThat(fit.status).isEqualTo(Machine.READY);
        assertThat(small.status).isEqualTo(Machine.READY);
    }

    @Test
    void preparesTheMacsOfTheRealCardsTheBootCardForTheDefaultNic() {
        var patch = program.call("prepare").succeeded();
        assertThat(patch.at("/details/External:maas_system_id").asText()).isEqualTo("bbb222");
        assertThat(patch.at("/nics/0/mac").asText()).isEqualTo("52:54:00:00:00:03");
        assertThat(patch.at("/nics/0/nicUuid").asText()).endsWith("a0");
        assertThat(patch.at("/nics/1/mac").asText()).isEqualTo("52:54:00:00:00:02");
        assertThat(fit.annotations).isEqualTo(Map.of("drover_vm", "i-2-20-VM", "drover_id", MaasProgram.VM));
    }

    @Test
    void repeatsEveryVerbWithoutASecondEffect() {
        for (var verb : List.of(
                "prepare", "prepare", "create", "create", "start", "stop", "stop", "delete", "delete", "stop")) {
            program.call(verb).succeeded();
        }
        for (var operation : List.of("allocate", "deploy", "release", "set_workload_annotations")) {
            assertThat(maas.count(operation)).as(operation).isEqualTo(1);
        }
    }

    @Test
    void createsWithoutAPrepareAndHandsOverSeriesAndUserData() {
        program.vm.putAll(Map.of("distro_series", "ubuntu/jammy", "user_data", "#cloud-config\nhostname: ümläut\n"));
        program.call("create").succeeded();
        assertThat(fit.deployment).containsEntry("distro_series", "ubuntu/jammy");
        assertThat(new String(Base64.getDecoder().decode(fit.deployment.get("user_data")), StandardCharsets.UTF_8))
                .isEqualTo("#cloud-config\nhostname: ümläut");
    }

    @Test
    void takesTheMachineThatPrepareChoseAgain() {
        maas.add(new Machine("ccc333", 8, 16384, "52:54:00:00:00:05"));
        program.vm.put("maas_system_id", "ccc333");
        program.call("create").succeeded();
        assertThat(maas.machines.get("ccc333").status).isEqualTo(Machine.DEPLOYED);
    }

    @Test
    void choosesByArchitecturePoolAndTags() {
        var special = maas.add(new Machine("ddd444", 8, 16384, "52:54:00:00:00:06"));
        special.arch = "arm64/generic";
        special.pool = "gold";
        special.tags = Set.of("ssd", "fast");
        program.vm.putAll(Map.of("architecture", "arm64/generic", "tags", "ssd, fast"));
        program.host.put("pool", "gold");
        program.call("prepare").succeeded();
        assertThat(special.status).isEqualTo(Machine.ALLOCATED);
    }

    @Test
    void turnsOffHardWhenTheSystemDoesNotListen() {
        program.call("create").succeeded();
        maas.behaviour.ignoresSoftOff = true;
        program.call("stop").succeeded();
        assertThat(fit.on).isFalse();
    }

    @Test
    void erasesDisksWhenToldTo() {
        program.call("create").succeeded();
        program.vm.putAll(Map.of("erase", "true", "quick_erase", "true"));
        program.call("delete").succeeded();
        assertThat(fit.released).containsEntry("erase", "true").containsEntry("quick_erase", "true");
    }

    @Test
    void reportsAllMachinesOfDroverByTheNamesOfTheirVms() {
        small.agentName = "juju";
        program.call("create").succeeded();
        var states = program.call("statuses").succeeded().path("power_state");
        assertThat(states).hasSize(1);
        assertThat(states.path("i-2-20-VM").asText()).isEqualTo("poweron");
    }

    @Test
    void stopsAnInstallationThatIsUnderWay() {
        program.call("prepare").succeeded();
        fit.begin(Machine.DEPLOYING, Machine.DEPLOYED, 50);
        program.call("stop").succeeded();
        assertThat(fit.status).isEqualTo(Machine.ALLOCATED);
        program.call("delete").succeeded();
        assertThat(fit.status).isEqualTo(Machine.READY);
    }

    @Test
    void neverTouchesAMachineThatIsNotTheVms() {
        fit.status = Machine.DEPLOYED;
        fit.on = true;
        fit.agentName = "drover-" + "00000000-0000-0000-0000-000000000000";
        fit.annotations.put("drover_vm", "i-2-20-VM");
        program.vm.put("maas_system_id", "bbb222");
        program.call("stop").succeeded();
        program.call("delete").succeeded();
        assertThat(program.call("status").succeeded().has("uuid")).isFalse();
        program.call("start").refused("MAAS has no machine for i-2-20-VM");
        program.call("reboot").refused("MAAS has no machine");
        program.call("create").refused("no free machine", "system_id=bbb222");
        assertThat(fit.on).isTrue();
        assertThat(fit.status).isEqualTo(Machine.DEPLOYED);
        assertThat(maas.count("release") + maas.count("power_off") + maas.count("deploy"))
                .isZero();
    }

    @Test
    void annotatesMachinesOfAnOldMaas() {
        maas.behaviour.old = true;
        program.call("prepare").succeeded();
        assertThat(fit.annotations).containsEntry("drover_vm", "i-2-20-VM");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Teleport", "getconsole", "deploy", ""})
    void refusesAVerbItDoesNotKnow(String verb) {
        program.call(verb).refused("Unknown verb", "prepare");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "null", "{\"virtualmachineid\":\"a", "not json", "{}", "{\"externaldetails\":[1]}"})
    void refusesAPayloadItCannotUse(String payload) {
        for (var verb : List.of("prepare", "create", "status", "delete")) {
            program.program.raw(verb, payload, "30").refused();
        }
    }

    private String powerState() {
        var status = program.call("status").succeeded();
        var power = status.path("power_state").asText();
        assertThat(status.path("uuid").asText()).isEqualTo(power.equals("unknown") ? "" : MaasProgram.VM);
        return power;
    }
}
