package io.drover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.drover.DroverClient.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A variable of whatever type is taken or refused with a reason at each of the engine's doors; it never fails the server. */
@Tag("matrix")
class VariableTypesIT extends WholeApplication {
    private static final String KEY = "it-types";
    private static final Map<String, Object> JAVA = Map.of(
            "objectTypeName", "java.lang.String", "serializationDataFormat", "application/x-java-serialized-object");

    /** A variable, and whether it can be kept. */
    enum Kind {
        TEXT(true, "String", "a", Map.of()),
        INTEGER(true, "Integer", 5, Map.of()),
        JSON(true, "Json", "{\"a\":[1,\"ü\"]}", Map.of()),
        JSON_SMALL(true, "json", "5", Map.of()),
        JSON_LONG(true, "Json", "[\"" + "x".repeat(9_000) + "\"]", Map.of()),
        JSON_NULL(true, "Json", null, Map.of()),
        JSON_BROKEN(false, "Json", "{\"a\":", Map.of()),
        JSON_TWO(false, "Json", "{} {}", Map.of()),
        JSON_TREE(false, "Json", Map.of("a", 1), Map.of()),
        FILE(true, "File", "YQ==", Map.of("filename", "a.txt")),
        FILE_NAMELESS(false, "File", "YQ==", Map.of()),
        BYTES(true, "Bytes", "YQ==", Map.of()),
        NULL(true, "Null", null, Map.of()),
        DATE_WRONG(false, "Date", "yesterday", Map.of()),
        INTEGER_WRONG(false, "Integer", "five", Map.of()),
        XML(false, "Xml", "<a/>", Map.of()),
        UNKNOWN(false, "Nonsense", "a", Map.of()),
        OBJECT(false, "Object", "a", Map.of()),
        OBJECT_JAVA(false, "Object", "rO0ABXQAAWE=", JAVA),
        OBJECT_JSON(
                false,
                "Object",
                "{}",
                Map.of("objectTypeName", "java.util.HashMap", "serializationDataFormat", "application/json")),
        OBJECT_XML(
                false,
                "Object",
                "<a/>",
                Map.of("objectTypeName", "java.util.HashMap", "serializationDataFormat", "application/xml")),
        TREE(true, null, Map.of("a", List.of(1)), Map.of()),
        TEXT_LONG(false, "String", "x".repeat(9_000), Map.of());

        private final boolean kept;
        private final Map<String, Object> variable = new HashMap<>();

        Kind(boolean kept, String type, Object value, Map<String, Object> info) {
            this.kept = kept;
            variable.put("value", value);
            variable.put("valueInfo", info);
            if (type != null) {
                variable.put("type", type);
            }
        }
    }

    /** Where a variable gets in. */
    enum Way {
        START {
            @Override
            Answer send(VariableTypesIT test, EngineDoor door, Object variable) {
                return door.post(
                        test.admin,
                        "/process-definition/key/" + KEY + "/start",
                        Map.of("variables", Map.of("v", variable)));
            }
        },
        FORM {
            @Override
            Answer send(VariableTypesIT test, EngineDoor door, Object variable) {
                return door.post(
                        test.admin,
                        "/process-definition/key/" + KEY + "/submit-form",
                        Map.of("variables", Map.of("v", variable)));
            }
        },
        TASK_COMPLETE {
            @Override
            Answer send(VariableTypesIT test, EngineDoor door, Object variable) {
                return door.post(
                        test.admin, "/task/" + test.task() + "/complete", Map.of("variables", Map.of("v", variable)));
            }
        },
        TASK_VARIABLE {
            @Override
            Answer send(VariableTypesIT test, EngineDoor door, Object variable) {
                return door.put(test.admin, "/task/" + test.task() + "/localVariables/v", variable);
            }
        },
        PROCESS_VARIABLE {
            @Override
            Answer send(VariableTypesIT test, EngineDoor door, Object variable) {
                return door.put(test.admin, "/process-instance/" + test.begun() + "/variables/v", variable);
            }
        },
        PROCESS_VARIABLES {
            @Override
            Answer send(VariableTypesIT test, EngineDoor door, Object variable) {
                return door.post(
                        test.admin,
                        "/process-instance/" + test.begun() + "/variables",
                        Map.of("modifications", Map.of("v", variable)));
            }
        },
        MODIFICATION {
            @Override
            Answer send(VariableTypesIT test, EngineDoor door, Object variable) {
                var instruction =
                        Map.of("type", "startBeforeActivity", "activityId", "T0", "variables", Map.of("v", variable));
                return door.post(
                        test.admin,
                        "/process-instance/" + test.begun() + "/modification",
                        Map.of("instructions", List.of(instruction)));
            }
        },
        MESSAGE {
            @Override
            Answer send(VariableTypesIT test, EngineDoor door, Object variable) {
                var process = test.begun();
                var task = test.taskOf(process);
                test.admin.post("/engine-rest/task/" + task + "/complete", "{}").expecting(204);
                return door.post(
                        test.admin,
                        "/message",
                        Map.of(
                                "messageName",
                                "go-on",
                                "processInstanceId",
                                process,
                                "processVariables",
                                Map.of("v", variable)));
            }
        },
        WORKER {
            @Override
            Answer send(VariableTypesIT test, EngineDoor door, Object variable) {
                var process = test.begun();
                var task = test.taskOf(process);
                test.admin.post("/engine-rest/task/" + task + "/complete", "{}").expecting(204);
                test.admin
                        .post("/engine-rest/message", Map.of("messageName", "go-on", "processInstanceId", process))
                        .expecting(204);
                var external = test.admin
                        .get("/engine-rest/external-task?processInstanceId=" + process)
                        .expecting(200)
                        .path(0)
                        .path("id")
                        .asText();
                test.admin
                        .post("/engine-rest/external-task/" + external + "/lock", LOCK)
                        .expecting(204);
                return door.post(
                        test.admin,
                        "/external-task/" + external + "/complete",
                        Map.of("workerId", "w", "variables", Map.of("v", variable)));
            }
        };

        private static final Object LOCK = Map.of("workerId", "w", "lockDuration", 60_000);

        abstract Answer send(VariableTypesIT test, EngineDoor door, Object variable);
    }

    static Stream<Arguments> ways() {
        return Arrays.stream(EngineDoor.values())
                .flatMap(door -> Arrays.stream(Way.values()).map(way -> Arguments.of(door, way)));
    }

    @BeforeEach
    void load() {
        var line = StatusDiagram.line(
                "T",
                "<userTask id='ID'/>",
                "<receiveTask id='ID' messageRef='Message'/>",
                "<serviceTask id='ID' camunda:type='external' camunda:topic='it-types'/>",
                "<userTask id='ID'/>");
        var diagram = StatusDiagram.of(KEY, line).replace("<process", "<message id='Message' name='go-on'/><process");
        admin.send(
                        "PUT",
                        "/api/v1/processes/" + KEY + "/diagram",
                        "application/xml",
                        diagram.getBytes(StandardCharsets.UTF_8))
                .expecting(200);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void eachTypeIsTakenOrRefusedWithAReason(EngineDoor door, Way way) {
        Map<Kind, String> wrong = new TreeMap<>();
        for (var kind : Kind.values()) {
            var answer = way.send(this, door, kind.variable);
            boolean right = kind.kept
                    ? answer.status() == 200 || answer.status() == 204
                    : answer.status() == 400
                            && !answer.json().path("message").asText().isBlank();
            if (!right || answer.text().contains(".java:")) {
                wrong.put(kind, answer.status() + " " + answer.text());
            }
        }
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void whatIsTakenCanBeReadAndGoesOnAsItWas(Kind kind) {
        assumeTrue(kind.kept, "is refused");
        var process = Way.START
                .send(this, EngineDoor.REST, kind.variable)
                .expecting(200)
                .path("id")
                .asText();

        var read = admin.get("/engine-rest/process-instance/" + process + "/variables")
                .expecting(200)
                .path("v");

        assertThat(read.path("type").asText()).isNotEmpty();
        if (kind.variable.get("type") instanceof String type && type.equalsIgnoreCase("Json")) {
            assertThat(read.path("type").asText()).isEqualTo("Json");
            assertThat(read.path("value").textValue()).isEqualTo(kind.variable.get("value"));
        }
    }

    private String begun() {
        return admin.post("/engine-rest/process-definition/key/" + KEY + "/start", "{}")
                .expecting(200)
                .path("id")
                .asText();
    }

    private String task() {
        return taskOf(begun());
    }

    private String taskOf(String process) {
        return admin.get("/engine-rest/task?processInstanceId=" + process)
                .expecting(200)
                .path(0)
                .path("id")
                .asText();
    }
}
