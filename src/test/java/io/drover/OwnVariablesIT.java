package io.drover;

import static io.drover.StatusDiagram.branches;
import static io.drover.StatusDiagram.flow;
import static io.drover.StatusDiagram.line;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.DroverClient.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The variables that are Drover's own cannot be set by anybody else, through whichever door. */
@Tag("matrix")
class OwnVariablesIT extends WholeApplication {
    private static final List<String> NAMES =
            List.of("vm", "prepareWanted", "droverReachedGoal", "droverAttempt", "droverErrorCode");
    private static final String WAITS = "<message id='M' name='ping'/><signal id='Sig' name='pong'/>";

    private static String vm;
    private JsonNode operation;

    /** A door, its path, and where in the body variables are. */
    enum Door {
        COMPLETE("POST", "/task/TASK/complete", "variables"),
        SUBMIT("POST", "/task/TASK/submit-form", "variables"),
        RESOLVE("POST", "/task/TASK/resolve", "variables"),
        TASK_ERROR("POST", "/task/TASK/bpmnError", "variables"),
        TASK_VARIABLES("POST", "/task/TASK/variables", "modifications"),
        TASK_LOCAL("POST", "/task/TASK/localVariables", "modifications"),
        PROCESS_VARIABLES("POST", "/process-instance/PROCESS/variables", "modifications"),
        EXECUTION_LOCAL("POST", "/execution/PROCESS/localVariables", "modifications"),
        MESSAGE("POST", "/message", "processVariables"),
        MESSAGE_LOCAL("POST", "/message", "processVariablesLocal"),
        SIGNAL("POST", "/signal", "variables"),
        WORKER("POST", "/external-task/WORK/complete", "variables"),
        WORKER_LOCAL("POST", "/external-task/WORK/complete", "localVariables"),
        WORKER_ERROR("POST", "/external-task/WORK/bpmnError", "variables"),
        ONE("PUT", "/process-instance/PROCESS/variables/NAME", ""),
        ONE_OF_TASK("PUT", "/task/TASK/localVariables/NAME", ""),
        MODIFICATION("POST", "/process-instance/PROCESS/modification", "instructions");

        /** What is set there is gone again with the step that is left by it. */
        final boolean passing = name().startsWith("MESSAGE_L") || name().startsWith("WORKER_L");

        final String method;
        final String path;
        final String member;

        Door(String method, String path, String member) {
            this.method = method;
            this.path = path;
            this.member = member;
        }
    }

    static Stream<Arguments> doorsAndNames() {
        return Arrays.stream(Door.values()).flatMap(door -> NAMES.stream().map(name -> Arguments.of(door, name)));
    }

    @BeforeEach
    void begin() {
        if (vm == null) {
            vm = inventory.running(inventory.site());
        }
    }

    @AfterEach
    void restore() throws IOException {
        if (operation != null) {
            admin.post("/api/v1/operations/" + operation.path("id").asText() + "/cancel");
            admin.awaitEnd(operation.path("id").asText());
        }
        load("vm-status", Files.readString(Path.of("bpmn/vm-status.bpmn")));
    }

    @ParameterizedTest
    @MethodSource("doorsAndNames")
    void areRefusedAtEachDoor(Door door, String name) {
        wait(branches(
                        "<userTask id='ID' name='Answer'/>",
                        "<receiveTask id='ID' messageRef='M'/>",
                        "<intermediateCatchEvent id='ID'><signalEventDefinition id='S_ID' signalRef='Sig'/></intermediateCatchEvent>",
                        "<serviceTask id='ID' camunda:type='external' camunda:topic='own-" + door + name + "'/>")
                + caught("Branch0")
                + caught("Branch3"));
        var before = variables();

        var refused = knock(door, name);

        if (door.passing) {
            assertThat(refused.status()).as(refused.text()).isLessThan(500);
        } else {
            assertThat(refused.status()).as(refused.text()).isEqualTo(400);
            assertThat(refused.json().path("message").asText()).contains("'" + name + "' is Drover's own");
        }
        assertThat(variables()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"droverReachedGoal", "prepareWanted", "droverAttempt"})
    void areRefusedAtTheStart(String name) {
        for (var door : EngineDoor.values()) {
            for (var path : List.of("/start", "/submit-form")) {
                var variables = Map.of("vm", string(vm), name, Map.of("value", true, "type", "Boolean"));
                var refused =
                        door.post(admin, "/process-definition/key/vm-stop" + path, Map.of("variables", variables));

                assertThat(refused.status()).as(refused.text()).isIn(400, door == EngineDoor.WEB ? 500 : 400);
                assertThat(refused.text()).contains(name);
            }
        }
        assertThat(admin.vm(vm).path("state").asText()).isEqualTo("Running");
    }

    @Test
    void aStartByHandCannotSayThatTheGoalIsReached() {
        inventory.detail(vm, "fault_stop", "exit:3");
        var variables = Map.of("vm", string(vm), "reachedGoal", Map.of("value", true, "type", "Boolean"));

        var started = admin.post("/engine-rest/process-definition/key/vm-stop/start", Map.of("variables", variables))
                .expecting(200);

        assertThat(admin.awaitEnd(started.path("businessKey").asText())
                        .path("state")
                        .asText())
                .isEqualTo("FAILED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<userTask id='ID' name='x'><extensionElements><camunda:inputOutput><camunda:inputParameter name='vm'>other"
                        + "</camunda:inputParameter></camunda:inputOutput></extensionElements></userTask>",
                "<userTask id='ID' name='x'><multiInstanceLoopCharacteristics camunda:collection='${vm}' camunda:elementVariable='vm'/></userTask>",
                "<serviceTask id='ID' camunda:expression='${1}' camunda:resultVariable='prepareWanted'/>"
            })
    void areRefusedFromDiagrams(String task) {
        var loaded = put("vm-status", StatusDiagram.of(line("T", task, "<userTask id='ID' name='y'/>")));
        if (loaded.status() == 200) {
            var refused = inventory.begin("status", vm);
            assertThat(refused.status()).as(refused.text()).isEqualTo(409);
        } else {
            assertThat(loaded.status()).as(loaded.text()).isEqualTo(400);
        }
        assertThat(admin.vm(vm).path("state").asText()).isEqualTo("Running");
    }

    @Test
    void cannotBeRemoved() {
        wait(line("T", "<userTask id='ID' name='Answer'/>"));

        var path = "/engine-rest/process-instance/" + process() + "/variables";
        assertThat(admin.delete(path + "/vm").status()).isEqualTo(400);
        assertThat(admin.post(path, Map.of("deletions", List.of("vm"))).status())
                .isEqualTo(400);

        assertThat(variables().path("vm").path("value").asText()).isEqualTo(operationVm());
    }

    @Test
    void othersAreTheCallersToSet() {
        wait(line("T", "<userTask id='ID' name='Answer'/>"));

        var path = "/engine-rest/process-instance/" + process() + "/variables";
        for (var name : List.of("running", "placed", "action", "approved", "vmName")) {
            assertThat(admin.put(path + "/" + name, string("x")).status())
                    .as(name)
                    .isEqualTo(204);
        }
    }

    private static String caught(String task) {
        return "<boundaryEvent id='B_" + task + "' attachedToRef='" + task + "'><errorEventDefinition id='E_" + task
                + "'/></boundaryEvent><endEvent id='C_" + task + "'/>" + flow("B_" + task, "C_" + task);
    }

    private Answer knock(Door door, String name) {
        var value = string("other");
        var path = door.path.replace("PROCESS", process()).replace("NAME", name);
        if (path.contains("TASK")) {
            var task = admin.get("/engine-rest/task?processInstanceId=" + process())
                    .expecting(200)
                    .path(0);
            path = path.replace("TASK", task.path("id").asText());
        }
        if (path.contains("WORK")) {
            path = path.replace("WORK", work("own-" + door + name));
        }
        Map<String, Object> body =
                switch (door) {
                    case ONE, ONE_OF_TASK -> value;
                    case MESSAGE, MESSAGE_LOCAL ->
                        Map.of("messageName", "ping", "processInstanceId", process(), door.member, Map.of(name, value));
                    case SIGNAL -> Map.of("name", "pong", door.member, Map.of(name, value));
                    case WORKER, WORKER_LOCAL, WORKER_ERROR ->
                        Map.of("workerId", "w", "errorCode", "e", door.member, Map.of(name, value));
                    case TASK_ERROR -> Map.of("errorCode", "e", door.member, Map.of(name, value));
                    case MODIFICATION ->
                        Map.of(
                                door.member,
                                List.of(Map.of(
                                        "type",
                                        "startBeforeActivity",
                                        "activityId",
                                        "Branch0",
                                        "variables",
                                        Map.of(name, value))));
                    default -> Map.of(door.member, Map.of(name, value));
                };
        if (door == Door.WORKER || door == Door.WORKER_LOCAL) {
            body = Map.of("workerId", "w", door.member, Map.of(name, value));
        }
        return admin.json(door.method, "/engine-rest" + path, body);
    }

    private String work(String topic) {
        var fetch = Map.of(
                "workerId", "w", "maxTasks", 1, "topics", List.of(Map.of("topicName", topic, "lockDuration", 60000)));
        return admin.post("/engine-rest/external-task/fetchAndLock", fetch)
                .expecting(200)
                .path(0)
                .path("id")
                .asText();
    }

    private void wait(String content) {
        load("vm-status", StatusDiagram.of(content).replace("<process ", WAITS + "<process "));
        operation = inventory.begin("status", vm).expecting(202);
    }

    private String process() {
        return operation.path("processInstance").asText();
    }

    private String operationVm() {
        return operation.path("vmName").asText();
    }

    private JsonNode variables() {
        return admin.get("/engine-rest/process-instance/" + process() + "/variables")
                .expecting(200);
    }

    private static Map<String, Object> string(String value) {
        return Map.of("value", value, "type", "String");
    }

    private Answer put(String key, String diagram) {
        var path = "/api/v1/processes/" + key + "/diagram";
        return admin.send("PUT", path, "application/xml", diagram.getBytes(StandardCharsets.UTF_8));
    }

    private void load(String key, String diagram) {
        put(key, diagram).expecting(200);
    }
}
