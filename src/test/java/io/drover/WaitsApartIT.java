package io.drover;

import static io.drover.StatusDiagram.line;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Things of one kind that hold an operation up are told apart: each ends by itself. */
@Tag("matrix")
class WaitsApartIT extends WholeApplication {
    private static String vm;

    @BeforeEach
    void prepare() {
        if (vm == null) {
            vm = inventory.running(inventory.site());
            load("it-called", EngineWaits.INNER);
        }
    }

    @AfterEach
    void restore() throws IOException {
        load("vm-status", Files.readString(Path.of("bpmn/vm-status.bpmn")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "id"})
    void incidentsAreToldApartHoweverAlike(String configuration) {
        load("vm-status", line("T", EngineWaits.PERSON.steps()));
        var begun = inventory.begin("status", vm).expecting(202);
        var id = begun.path("id").asText();
        var process = begun.path("processInstance").asText();
        for (var message : List.of("The first", "The second")) {
            Map<String, String> incident = new HashMap<>(Map.of("incidentType", "h".repeat(200), "message", message));
            if (!configuration.isEmpty()) {
                incident.put("configuration", configuration.equals("id") ? message : "x".repeat(255));
            }
            admin.post("/engine-rest/execution/" + process + "/create-incident", incident)
                    .expecting(200);
        }
        var incidents = "/engine-rest/incident?processInstanceId=" + process;
        assertThat(admin.operation(id).path("waitingFor").asText()).contains("The first", "The second");
        if (!configuration.equals("x")) {
            var first = admin.get(incidents).expecting(200).path(0).path("id").asText();
            admin.delete("/engine-rest/incident/" + first).expecting(204);
            assertThat(admin.operation(id).path("waitingFor").asText()).containsOnlyOnce("Incident");
        }

        admin.post("/api/v1/operations/" + id + "/retry").expecting(200);

        assertThat(admin.get(incidents).expecting(200)).isEmpty();
        assertThat(admin.operation(id).path("waitingFor").asText()).doesNotContain("Incident");
        EngineWaits.PERSON.come(admin, process);
        admin.awaitEnd(id);
    }

    @Test
    void aCalledProcessIsSuspendedByItself() {
        load("vm-status", line("T", EngineWaits.CALLED.steps()));
        var begun = inventory.begin("status", vm).expecting(202);
        var id = begun.path("id").asText();
        var process = begun.path("processInstance").asText();
        var called = called(process);
        suspend(process, true);
        suspend(called, true);

        suspend(called, false);

        assertThat(admin.operation(id).path("waitingFor").asText()).containsOnlyOnce("suspended");
        suspend(process, false);
        assertThat(admin.operation(id).path("waitingFor").asText()).doesNotContain("suspended");
        EngineWaits.CALLED.come(admin, process);
        assertThat(admin.awaitEnd(id).path("state").asText()).isEqualTo("SUCCEEDED");
    }

    @Test
    void aSuspendedProcessThatIsCutOffHoldsNothingUp() {
        load(
                "vm-status",
                line("T", EngineWaits.CALLED.steps()[0], EngineWaits.PERSON.steps()[0])
                        + "<boundaryEvent id='B' attachedToRef='T0'><timerEventDefinition id='E'>"
                        + "<timeDuration>PT2H</timeDuration></timerEventDefinition></boundaryEvent>"
                        + StatusDiagram.flow("B", "T1"));
        var begun = inventory.begin("status", vm).expecting(202);
        var process = begun.path("processInstance").asText();
        suspend(called(process), true);

        EngineWaits.TIMER.come(admin, process);

        var waiting = admin.operation(begun.path("id").asText());
        assertThat(waiting.path("waitingFor").asText())
                .as(waiting.toString())
                .contains(EngineWaits.PERSON.told)
                .doesNotContain("suspended");
        EngineWaits.PERSON.come(admin, process);
        assertThat(admin.awaitEnd(begun.path("id").asText()).path("state").asText())
                .isEqualTo("SUCCEEDED");
    }

    private String called(String process) {
        return admin.get("/engine-rest/process-instance?superProcessInstance=" + process)
                .expecting(200)
                .path(0)
                .path("id")
                .asText();
    }

    private void suspend(String process, boolean suspended) {
        admin.put("/engine-rest/process-instance/" + process + "/suspended", Map.of("suspended", suspended))
                .expecting(204);
    }

    private void load(String key, String content) {
        var whole = content.startsWith("<?xml") ? content : StatusDiagram.of(key, content);
        var diagram = EngineWaits.defined(whole)
                .replace("<error id='Own'", "<error id='Plain' errorCode='plain'/><error id='Own'");
        var path = "/api/v1/processes/" + key + "/diagram";
        var answer = admin.send("PUT", path, "application/xml", diagram.getBytes(StandardCharsets.UTF_8));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }
}
