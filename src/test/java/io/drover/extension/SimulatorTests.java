package io.drover.extension;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatorTests {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    private Simulation simulator;

    @BeforeEach
    void startWithNoVms() {
        simulator = new Simulation(directory);
    }

    @Test
    void leadsAVmThroughItsLife() throws Exception {
        assertThat(powerAfter("create")).isEqualTo("poweron");
        assertThat(powerAfter("stop")).isEqualTo("poweroff");
        assertThat(powerAfter("start")).isEqualTo("poweron");
        assertThat(powerAfter("reboot")).isEqualTo("poweron");
        assertThat(powerAfter("delete")).isEqualTo("unknown");
        assertThat(simulator.effects()).containsExactly("create", "stop", "start", "reboot", "delete");
    }

    @Test
    void repeatsCreateStopAndDeleteWithoutASecondEffect() throws Exception {
        for (var verb : List.of("create", "create", "stop", "stop", "delete", "delete", "stop")) {
            assertThat(simulator.call(verb).exitCode()).as(verb).isZero();
        }
        assertThat(simulator.effects()).containsExactly("create", "stop", "delete");
    }

    @ParameterizedTest
    @ValueSource(strings = {"start", "reboot", "getconsole", "ListSnapshots"})
    void refusesWhatNeedsAVmThatIsNotThere(String verb) throws Exception {
        simulator.call(verb).assertRefused(1, "create it first");
    }

    @Test
    void preparesAPatchWithAStableMacForEachNic() throws Exception {
        var patch = simulator.call("prepare").answer();
        assertThat(patch.path("vncPassword").asText()).matches("[0-9a-z]{8}");
        assertThat(patch.at("/details/simulator_id").asText()).isEqualTo("sim-ba4024c3");
        assertThat(patch.path("nics")).hasSize(2);
        assertThat(patch.at("/nics/0/nicUuid").asText()).isEqualTo("f3188e9f-37ba-4853-b711-d6f60dddc5a2");
        assertThat(patch.at("/nics/0/mac").asText()).isEqualTo("02:5d:0d:dd:c5:a2");
        assertThat(patch.at("/nics/0").has("ip")).isFalse();
        assertThat(simulator.call("prepare").answer().path("nics")).isEqualTo(patch.path("nics"));
    }

    @Test
    void printsThePatchItIsToldTo() throws Exception {
        assertThat(simulator.call("prepare", Map.of("patch", "{\"nics\":3}")).stdout())
                .isEqualTo("{\"nics\":3}\n");
    }

    @Test
    void reportsAllVmsByTheirInternalNames() throws Exception {
        simulator.call("create");
        assertThat(simulator.call("statuses").answer().path("power_state"))
                .isEqualTo(JSON.readTree("{\"i-2-20-VM\":\"poweron\"}"));
    }

    @Test
    void givesTheConsoleWithThePasswordOfTheVm() throws Exception {
        simulator.call("create");
        var console =
                simulator.call("getconsole", Map.of("console_port", "5942")).answer();
        assertThat(console.path("console"))
                .isEqualTo(JSON.readTree(
                        "{\"host\":\"127.0.0.1\",\"port\":5942,\"password\":\"q\\\"\\\\ü=\",\"protocol\":\"vnc\"}"));
    }

    @Test
    void keepsSnapshots() throws Exception {
        simulator.call("create");
        assertThat(simulator.call("CreateSnapshot").exitCode()).isZero();
        assertThat(simulator
                        .call("CreateSnapshot")
                        .answer()
                        .path("message")
                        .path("name")
                        .asText())
                .isEqualTo("before update");
        var listed = simulator.call("ListSnapshots").answer();
        assertThat(listed.at("/message/0/name").asText()).isEqualTo("before update");
        assertThat(simulator.call("DeleteSnapshot").exitCode()).isZero();
        assertThat(simulator.call("ListSnapshots").answer().path("message")).isEmpty();
        assertThat(simulator.effects()).containsExactly("create", "CreateSnapshot", "DeleteSnapshot");
    }

    @Test
    void eachPasswordIsAnother() throws Exception {
        assertThat(simulator.call("create").exitCode()).isZero();
        var first = simulator.call("ResetPassword").answer();
        var second = simulator.call("ResetPassword").answer();
        assertThat(first.path("user").asText()).isEqualTo("root");
        assertThat(first.path("password").asText())
                .matches("[0-9a-f]{24}")
                .isNotEqualTo(second.path("password").asText());
    }

    @Test
    void refusesAnUnknownAction() throws Exception {
        simulator.call("Teleport").assertRefused(1, "Unknown action Teleport");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "{\"virtualmachineid\":\"a", "{\"a\":[1}", "not json"})
    void refusesAnUnreadablePayload(String text) throws Exception {
        Files.writeString(simulator.payload(), text);
        simulator.run("status").assertRefused(1, "not a JSON object");
    }

    @Test
    void refusesAMissingPayload() throws Exception {
        simulator.run("status").assertRefused(1, "cannot be read");
    }

    @Test
    void keepsItsFilesToItsOwner() throws Exception {
        simulator.call("create");
        try (var files = Files.walk(simulator.state())) {
            assertThat(files.filter(Files::isRegularFile).toList()).isNotEmpty().allSatisfy(file -> assertThat(
                            PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"create", "delete"})
    void countsOneEffectUnderTwentyCallsAtOnce(String verb) throws Exception {
        simulator.call(verb.equals("create") ? "status" : "create");
        var calls = new ArrayList<Process>();
        for (int i = 0; i < 20; i++) {
            calls.add(simulator.spawn(verb));
        }
        for (var call : calls) {
            assertThat(call.waitFor()).isZero();
        }
        assertThat(simulator.effects()).containsOnlyOnce(verb);
        assertThat(simulator.calls("begin")).hasSize(21);
        assertThat(simulator.calls("end")).hasSize(21);
    }

    private String powerAfter(String verb) throws IOException, InterruptedException {
        var call = simulator.call(verb);
        assertThat(call.exitCode()).as(call.stdout()).isZero();
        assertThat(call.stderr()).isEmpty();
        var status = simulator.call("status").answer();
        var power = status.path("power_state").asText();
        assertThat(status.path("uuid").asText())
                .isEqualTo(power.equals("unknown") ? "" : "ba4024c3-a2fd-4fb9-af9e-e4a4b2be59dc");
        return power;
    }
}
