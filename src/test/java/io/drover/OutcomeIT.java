package io.drover;

import static io.drover.StatusDiagram.call;
import static io.drover.StatusDiagram.flow;
import static io.drover.StatusDiagram.line;
import static io.drover.StatusDiagram.scope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How an operation ends when its process has several ways or kinds of ends. */
@Tag("matrix")
class OutcomeIT extends WholeApplication {
    private static final String ERROR_END =
            "<endEvent id='%s'><errorEventDefinition id='D_%1$s' errorRef='Own'/></endEvent>";
    private static final String FIRST = "<userTask id='First' name='First'/>";
    private static final String SECOND = "<userTask id='Second' name='Second'/>";

    private Inventory.Site site;
    private String vm;

    @BeforeEach
    void run() {
        site = inventory.site();
        vm = inventory.running(site);
    }

    @AfterEach
    void restore() throws IOException {
        load("vm-status", Files.readString(Path.of("bpmn/vm-status.bpmn")));
    }

    @Test
    void anErrorEndEventFailsItAtOnceAndEndsTheOtherBranch() {
        load(twoBranches(FIRST, ERROR_END.formatted("A"), SECOND, "<endEvent id='B'/>"));
        var operation = begin();

        complete(operation, "First");

        var ended = admin.awaitEnd(operation.path("id").asText());
        assertThat(ended.path("state").asText()).as(ended.toString()).isEqualTo("FAILED");
        assertThat(ended.path("error").path("message").asText()).contains("Its own reason");
        assertThat(tasks(operation)).isEmpty();
    }

    @Test
    void anErrorEndEventFailsItThoughAnotherEndWasReachedBefore() {
        load(twoBranches(FIRST, ERROR_END.formatted("A"), SECOND, "<endEvent id='B'/>"));
        var operation = begin();

        complete(operation, "Second");
        complete(operation, "First");

        assertThat(admin.awaitEnd(operation.path("id").asText()).path("state").asText())
                .isEqualTo("FAILED");
    }

    @Test
    void anErrorEndsTheProgramOfAnotherBranchBeforeItFails() throws IOException {
        load(twoBranches(
                FIRST,
                ERROR_END.formatted("A"),
                call("status", "error").replace("ID", "Second"),
                "<endEvent id='B'/>"));
        inventory.detail(vm, "fault_status", "hang-children");
        var operation = begin();
        await().until(() -> site.calls(vm).contains("status"));

        complete(operation, "First");

        var ended = admin.awaitEnd(operation.path("id").asText());
        assertThat(ended.path("state").asText()).as(ended.toString()).isEqualTo("FAILED");
        assertThat(site.processes(vm)).noneMatch(Inventory::lives);
        assertThat(admin.action(operation.path("id").asText(), "status")
                        .path("state")
                        .asText())
                .isEqualTo("CANCELLED");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<endEvent id='A'/> | SUCCEEDED",
                "<endEvent id='A'><terminateEventDefinition id='D'/></endEvent> | SUCCEEDED",
                "<endEvent id='A'><escalationEventDefinition id='D' escalationRef='Up'/></endEvent> | SUCCEEDED",
                "<endEvent id='A'><compensateEventDefinition id='D'/></endEvent> | SUCCEEDED",
                "<endEvent id='A'><errorEventDefinition id='D' errorRef='Own'/></endEvent> | FAILED",
                "<userTask id='A' name='A'/> | FAILED"
            })
    void theKindOfTheEndDecides(String end, String state) {
        load(StatusDiagram.withGoal("<startEvent id='S'/>" + FIRST + end + flow("S", "First") + flow("First", "A")));
        var operation = begin();

        complete(operation, "First");
        if (end.contains("userTask")) {
            complete(operation, "A");
        }

        var ended = admin.awaitEnd(operation.path("id").asText());
        assertThat(ended.path("state").asText()).as(ended.toString()).isEqualTo(state);
    }

    @Test
    void aTerminateEndEventSucceedsAndEndsTheOtherBranch() {
        load(twoBranches(
                FIRST, "<endEvent id='A'><terminateEventDefinition id='D'/></endEvent>", SECOND, "<endEvent id='B'/>"));
        var operation = begin();

        complete(operation, "First");

        assertThat(admin.awaitEnd(operation.path("id").asText()).path("state").asText())
                .isEqualTo("SUCCEEDED");
    }

    @Test
    void aCancelledTransactionGoesOnAsItsBoundaryEventSays() {
        var cancel = "<endEvent id='ID'><cancelEventDefinition id='C_ID'/></endEvent>";
        load(line("T", "<transaction id='ID'>" + line("In", FIRST.replace("First", "ID"), cancel) + "</transaction>")
                + "<boundaryEvent id='B' attachedToRef='T0'><cancelEventDefinition id='CB'/></boundaryEvent>"
                + ERROR_END.formatted("NotDone") + flow("B", "NotDone"));
        var operation = begin();

        complete(operation, "In0");

        assertThat(admin.awaitEnd(operation.path("id").asText()).path("state").asText())
                .isEqualTo("FAILED");
    }

    @ParameterizedTest
    @CsvSource({"true, FAILED", "false, SUCCEEDED"})
    void anErrorOfACalledProcessIsThatOfItsCaller(boolean fails, String state) {
        load(
                "it-called",
                StatusDiagram.of(
                        "it-called",
                        line(
                                "S",
                                FIRST.replace("First", "ID"),
                                fails ? ERROR_END.formatted("ID") : "<endEvent id='ID'/>")));
        load(line("T", "<callActivity id='ID' calledElement='it-called'/>"));
        var operation = begin();

        complete(operation, "S0", "");

        var ended = admin.awaitEnd(operation.path("id").asText());
        assertThat(ended.path("state").asText()).as(ended.toString()).isEqualTo(state);
    }

    @Test
    void aProcessThatCallsAnOperationCatchesItsError() {
        inventory.detail(vm, "fault_status", "exit:3");
        load(line("T", scope(line("In", call("status", "error")))));
        load(
                "it-caller",
                StatusDiagram.of(
                        "it-caller",
                        line(
                                        "T",
                                        "<callActivity id='ID' calledElement='${called}'>"
                                                + "<extensionElements><camunda:in variables='all'/></extensionElements></callActivity>")
                                + "<boundaryEvent id='B' attachedToRef='T0'><errorEventDefinition id='E'/></boundaryEvent>"
                                + SECOND + flow("B", "Second") + "<endEvent id='Caught'/>" + flow("Second", "Caught")));

        var variables = Map.of(
                "vm", Map.of("value", vm, "type", "String"), "called", Map.of("value", "vm-status", "type", "String"));
        var caller = admin.post("/engine-rest/process-definition/key/it-caller/start", Map.of("variables", variables))
                .expecting(200);

        await().until(() -> !admin.get("/engine-rest/task?processInstanceId="
                        + caller.path("id").asText())
                .expecting(200)
                .isEmpty());
        var operation = admin.get("/api/v1/operations?limit=1&vm=" + vm)
                .expecting(200)
                .path("items")
                .path(0);
        assertThat(operation.path("state").asText()).as(operation.toString()).isEqualTo("FAILED");
        assertThat(operation.path("error").path("code").asText()).isEqualTo("exit-code");
        admin.delete("/engine-rest/process-instance/" + caller.path("id").asText());
    }

    @Test
    void aGoodEndCountsThoughTheEngineLeavesItLater() throws IOException {
        var file = Path.of("bpmn/vm-deploy.bpmn");
        var end = "<bpmn:endEvent id=\"EndEvent_VmRunning\"";
        load("vm-deploy", Files.readString(file).replace(end, end + " camunda:asyncAfter=\"true\""));

        var operation = admin.done(inventory.deploy(site, Map.of()));

        load("vm-deploy", Files.readString(file));
        assertThat(operation.path("state").asText()).as(operation.toString()).isEqualTo("SUCCEEDED");
    }

    @ParameterizedTest
    @CsvSource({"complete, SUCCEEDED", "bpmnError, FAILED"})
    void anEndThatAWorkerMakesIsReachedWhenItIsMade(String answer, String state) {
        load(
                line(
                        "T",
                        "<endEvent id='ID'><messageEventDefinition id='M' camunda:type='external' camunda:topic='ends'/></endEvent>"));
        var operation = begin();

        var fetch = Map.of(
                "workerId", "w", "maxTasks", 1, "topics", List.of(Map.of("topicName", "ends", "lockDuration", 60000)));
        var task = admin.post("/engine-rest/external-task/fetchAndLock", fetch)
                .expecting(200)
                .path(0);
        var body = answer.equals("complete") ? Map.of("workerId", "w") : Map.of("workerId", "w", "errorCode", "no");
        admin.post("/engine-rest/external-task/" + task.path("id").asText() + "/" + answer, body)
                .expecting(204);

        var ended = admin.awaitEnd(operation.path("id").asText());
        assertThat(ended.path("state").asText()).as(ended.toString()).isEqualTo(state);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<endEvent id='A'/> | SUCCEEDED",
                "<endEvent id='A'><errorEventDefinition id='D' errorRef='Own'/></endEvent> | FAILED"
            })
    void whatAnEventSubprocessDoesAfterTheGoalLeavesItReachedUnlessItFails(String end, String state) {
        load(line("T", FIRST.replace("First", "ID")) + "<subProcess id='Aside' triggeredByEvent='true'>"
                + "<startEvent id='S' isInterrupting='false'><timerEventDefinition id='TD'><timeDuration>PT0S</timeDuration>"
                + "</timerEventDefinition></startEvent>" + SECOND + end + flow("S", "Second") + flow("Second", "A")
                + "</subProcess>");
        var operation = begin();
        await().until(() -> tasks(operation).size() == 2);

        complete(operation, "T0");
        complete(operation, "Second");

        var ended = admin.awaitEnd(operation.path("id").asText());
        assertThat(ended.path("state").asText()).as(ended.toString()).isEqualTo(state);
    }

    private static String twoBranches(String first, String firstEnd, String second, String secondEnd) {
        return "<startEvent id='S'/><parallelGateway id='G'/>" + flow("S", "G") + first + firstEnd + second + secondEnd
                + flow("G", "First") + flow("First", "A") + flow("G", "Second") + flow("Second", "B");
    }

    private JsonNode begin() {
        return inventory.begin("status", vm).expecting(202);
    }

    private JsonNode tasks(JsonNode operation) {
        return admin.get("/engine-rest/task?processInstanceId="
                        + operation.path("processInstance").asText())
                .expecting(200);
    }

    private void complete(JsonNode operation, String key) {
        complete(
                operation,
                key,
                "&processInstanceId=" + operation.path("processInstance").asText());
    }

    private void complete(JsonNode operation, String key, String more) {
        var task = admin.get("/engine-rest/task?taskDefinitionKey=" + key + more)
                .expecting(200)
                .path(0);
        assertThat(admin.post("/engine-rest/task/" + task.path("id").asText() + "/complete", "{}")
                        .status())
                .isEqualTo(204);
    }

    private void load(String content) {
        load("vm-status", StatusDiagram.of(content));
    }

    private void load(String key, String diagram) {
        var path = "/api/v1/processes/" + key + "/diagram";
        var answer = admin.send("PUT", path, "application/xml", diagram.getBytes(StandardCharsets.UTF_8));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }
}
