package io.drover;

import static io.drover.StatusDiagram.branches;
import static io.drover.StatusDiagram.call;
import static io.drover.StatusDiagram.flow;
import static io.drover.StatusDiagram.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a process waits for, and whatever becomes of it, its operation tells: state, reason, step, and a way on. */
@Tag("matrix")
class WaitsIT extends WholeApplication {
    private static Inventory.Site site;
    private static String vm;

    @BeforeEach
    void prepare() {
        if (vm == null) {
            site = inventory.site();
            vm = inventory.running(site);
            load("it-called", EngineWaits.INNER);
        }
    }

    @AfterEach
    void restore() throws IOException {
        load("vm-status", Files.readString(Path.of("bpmn/vm-status.bpmn")));
    }

    @ParameterizedTest
    @EnumSource(EngineWaits.class)
    void anOperationWaitsForItAndGoesOn(EngineWaits wait) {
        load("vm-status", line("T", with("<userTask id='ID' name='Before'/>", wait.steps())));
        var begun = inventory.begin("status", vm).expecting(202);
        var id = begun.path("id").asText();
        var process = begun.path("processInstance").asText();
        EngineWaits.set(admin, process, false);
        EngineWaits.PERSON.come(admin, process);

        var waiting = admin.awaitWaiting(id, wait.told);
        assertThat(step(waiting, "ACTIVE").path("name").asText())
                .as(waiting.toString())
                .isNotEmpty();
        assertThat(admin.get("/api/v1/operations?state=WAITING&vm=" + vm)
                        .expecting(200)
                        .path("items"))
                .hasSize(1);
        Problems.check(admin.post("/api/v1/operations/" + id + "/retry"), 409);
        wait.come(admin, process);

        var ended = admin.awaitEnd(id);
        assertThat(ended.path("state").asText()).as(ended.toString()).isEqualTo("SUCCEEDED");
        assertThat(ended.path("steps").toString()).doesNotContain("ACTIVE");
    }

    @Test
    void whatStandsFirstIsToldAtOnce() {
        load("vm-status", line("T", EngineWaits.RECEIVE.steps()));

        var begun = inventory.begin("status", vm).expecting(202);

        assertThat(begun.path("state").asText()).as(begun.toString()).isEqualTo("WAITING");
        assertThat(begun.path("waitingFor").asText()).contains("it-go-on");
        EngineWaits.RECEIVE.come(admin, begun.path("processInstance").asText());
        admin.awaitEnd(begun.path("id").asText());
    }

    @ParameterizedTest
    @EnumSource(
            value = EngineWaits.class,
            names = {"PERSON", "WORKER", "TIMER"})
    void besideARunningProgramItIsToldToo(EngineWaits wait) {
        load("vm-status", branches(wait.steps()[0], call("status", "error")));
        inventory.detail(vm, "latency_status", "2");
        try {
            var begun = inventory.begin("status", vm).expecting(202);
            var id = begun.path("id").asText();

            await().until(() -> admin.actions(id).stream()
                    .anyMatch(action -> action.path("state").asText().equals("RUNNING")));
            assertThat(admin.operation(id).path("state").asText()).isEqualTo("WAITING");
            await().until(() -> admin.actions(id).stream()
                    .allMatch(action -> action.path("state").asText().equals("SUCCEEDED")));
            var waiting = admin.operation(id);
            assertThat(waiting.path("state").asText()).as(waiting.toString()).isEqualTo("WAITING");
            assertThat(waiting.path("waitingFor").asText()).contains(wait.told);
            wait.come(admin, begun.path("processInstance").asText());
            assertThat(admin.awaitEnd(id).path("state").asText()).isEqualTo("SUCCEEDED");
        } finally {
            inventory.removeDetail(vm, "latency_status");
        }
    }

    @Test
    void severalAreToldTogetherAndEachGoesByItself() {
        load(
                "vm-status",
                branches(
                        EngineWaits.PERSON.steps()[0],
                        EngineWaits.WORKER.steps()[0],
                        EngineWaits.TIMER.steps()[0]));
        var begun = inventory.begin("status", vm).expecting(202);
        var id = begun.path("id").asText();
        var process = begun.path("processInstance").asText();

        for (var wait : List.of(EngineWaits.PERSON, EngineWaits.WORKER, EngineWaits.TIMER)) {
            assertThat(admin.operation(id).path("waitingFor").asText()).contains(wait.told);
        }
        EngineWaits.WORKER.come(admin, process);
        assertThat(admin.operation(id).path("waitingFor").asText())
                .contains(EngineWaits.PERSON.told, EngineWaits.TIMER.told)
                .doesNotContain("it-waits");
        EngineWaits.TIMER.come(admin, process);
        assertThat(admin.operation(id).path("waitingFor").asText()).startsWith(EngineWaits.PERSON.told);
        EngineWaits.PERSON.come(admin, process);
        assertThat(admin.awaitEnd(id).path("state").asText()).isEqualTo("SUCCEEDED");
    }

    @ParameterizedTest
    @EnumSource(
            value = EngineWaits.class,
            names = {"PERSON", "WORKER", "TIMER", "RECEIVE"})
    void aSuspendedProcessIsToldAsThat(EngineWaits wait) {
        load("vm-status", line("T", wait.steps()));
        var begun = inventory.begin("status", vm).expecting(202);
        var id = begun.path("id").asText();
        var process = begun.path("processInstance").asText();

        suspend(process, true);
        assertThat(admin.operation(id).path("waitingFor").asText()).contains(wait.told, "suspended");
        suspend(process, false);

        assertThat(admin.operation(id).path("waitingFor").asText())
                .contains(wait.told)
                .doesNotContain("suspended");
        wait.come(admin, process);
        assertThat(admin.awaitEnd(id).path("state").asText()).isEqualTo("SUCCEEDED");
    }

    @ParameterizedTest
    @EnumSource(
            value = EngineWaits.class,
            names = {"WORKER", "CALLED"})
    void aWorkerThatGivesUpIsAnIncidentThatCanBeRetried(EngineWaits wait) {
        load("vm-status", line("T", wait.steps()));
        var begun = inventory.begin("status", vm).expecting(202);
        var id = begun.path("id").asText();
        var process = worker(wait, begun.path("processInstance").asText());
        admin.post(
                        EngineWaits.lock(admin, process) + "/failure",
                        Map.of("workerId", "w", "errorMessage", "DNS is away", "retries", 0))
                .expecting(204);

        var stuck = admin.operation(id);
        assertThat(stuck.path("state").asText()).isEqualTo("WAITING");
        assertThat(stuck.path("waitingFor").asText()).contains("Incident: ", "DNS is away");
        assertThat(stuck.path("error").path("message").asText()).contains(": DNS is away");
        admin.post("/api/v1/operations/" + id + "/retry").expecting(200);

        assertThat(admin.operation(id).path("waitingFor").asText()).doesNotContain("Incident");
        wait.come(admin, begun.path("processInstance").asText());
        var ended = admin.awaitEnd(id);
        assertThat(ended.path("state").asText()).as(ended.toString()).isEqualTo("SUCCEEDED");
        assertThat(ended.has("error")).isFalse();
    }

    @Test
    void anIncidentThatSomebodyRaisesIsToldToo() {
        load("vm-status", line("T", EngineWaits.PERSON.steps()));
        var begun = inventory.begin("status", vm).expecting(202);
        var id = begun.path("id").asText();
        var process = begun.path("processInstance").asText();
        admin.post(
                        "/engine-rest/execution/" + process + "/create-incident",
                        Map.of("incidentType", "by-hand", "message", "Wait for the vendor"))
                .expecting(200);

        assertThat(admin.operation(id).path("waitingFor").asText()).contains("Incident: ", "Wait for the vendor");
        admin.post("/api/v1/operations/" + id + "/retry").expecting(200);

        assertThat(admin.operation(id).path("waitingFor").asText()).doesNotContain("Incident");
        EngineWaits.PERSON.come(admin, process);
        admin.awaitEnd(id);
    }

    @ParameterizedTest
    @CsvSource({
        "true,  dns-taken,         The name is taken, The name is taken",
        "false, dns-taken,         The name is taken, The name is taken",
        "true,  dns-taken,         ,                  dns-taken",
        "false, dns-taken,         ,                  dns-taken",
        "false, extension-refused, The name is taken, The name is taken"
    })
    void whatAWorkerSaysIsTheReason(boolean caught, String code, String message, String reason) {
        var boundary = "<boundaryEvent id='B' attachedToRef='T0'><errorEventDefinition id='E'/></boundaryEvent>"
                + "<endEvent id='Bad'><errorEventDefinition id='D' errorRef='Plain'/></endEvent>" + flow("B", "Bad");
        load("vm-status", line("T", EngineWaits.WORKER.steps()) + (caught ? boundary : ""));
        var begun = inventory.begin("status", vm).expecting(202);
        var process = begun.path("processInstance").asText();
        Map<String, Object> error = message == null
                ? Map.of("workerId", "w", "errorCode", code)
                : Map.of("workerId", "w", "errorCode", code, "errorMessage", message);

        admin.post(EngineWaits.lock(admin, process) + "/bpmnError", error).expecting(204);

        var ended = admin.awaitEnd(begun.path("id").asText());
        assertThat(ended.path("state").asText()).isEqualTo("FAILED");
        assertThat(ended.path("error").path("message").asText()).contains(reason);
    }

    @ParameterizedTest
    @EnumSource(
            value = EngineWaits.class,
            names = {"PERSON", "WORKER", "RECEIVE", "CALLED"})
    void theNameOfATimerThatCutsItOffIsTheReason(EngineWaits wait) {
        load(
                "vm-status",
                line("T", wait.steps())
                        + "<boundaryEvent id='B' name='Two hours are over' attachedToRef='T0'><timerEventDefinition id='E'>"
                        + "<timeDuration>PT2H</timeDuration></timerEventDefinition></boundaryEvent>"
                        + "<endEvent id='Bad'><errorEventDefinition id='D' errorRef='Plain'/></endEvent>"
                        + flow("B", "Bad"));
        var begun = inventory.begin("status", vm).expecting(202);

        EngineWaits.TIMER.come(admin, begun.path("processInstance").asText());

        var ended = admin.awaitEnd(begun.path("id").asText());
        assertThat(ended.path("state").asText()).isEqualTo("FAILED");
        assertThat(ended.path("error").path("message").asText()).contains("Timer 'Two hours are over'");
        assertThat(ended.path("steps").toString()).doesNotContain("ACTIVE");
    }

    private String worker(EngineWaits wait, String process) {
        return wait == EngineWaits.CALLED
                ? admin.get("/engine-rest/process-instance?superProcessInstance=" + process)
                        .expecting(200)
                        .path(0)
                        .path("id")
                        .asText()
                : process;
    }

    private void suspend(String process, boolean suspended) {
        admin.put("/engine-rest/process-instance/" + process + "/suspended", Map.of("suspended", suspended))
                .expecting(204);
    }

    private static JsonNode step(JsonNode operation, String state) {
        for (var step : operation.path("steps")) {
            if (step.path("state").asText().equals(state)) {
                return step;
            }
        }
        return operation.path("none");
    }

    private static String[] with(String first, String... more) {
        return Stream.concat(Stream.of(first), Stream.of(more)).toArray(String[]::new);
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
