package io.drover;

import static io.drover.StatusDiagram.branches;
import static io.drover.StatusDiagram.call;
import static io.drover.StatusDiagram.flow;
import static io.drover.StatusDiagram.line;
import static io.drover.StatusDiagram.scope;
import static io.drover.StatusDiagram.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An error that nobody catches ends its operation as failed, in whatever scope of the diagram it comes up. */
@Tag("matrix")
class UncaughtErrorIT extends WholeApplication {
    private static final String DIAGRAM = "/api/v1/processes/vm-status/diagram";
    private static final String OTHER = "<userTask id='ID' name='Wait'/>";

    private static String host;
    private static String vm;

    /** What comes up, and the code that the operation tells. */
    enum Fault {
        REFUSED("exit-code", call("status", "incident"), Map.of("fault_status", "exit:3")),
        TROUBLE("died", call("status", "error"), Map.of("fault_status", "die-before")),
        NO_HOST("no-host", task("${chooseHost}", ""), Map.of()),
        PATCH(
                "patch-refused",
                call("prepare", "error") + "NEXT" + task("${applyPatch}", ""),
                Map.of("answer_prepare", "{\"nics\":{}}")),
        WORKER(
                "worker-code",
                "<serviceTask id='ID' name='Do ID' camunda:type='external' camunda:topic='errors'/>",
                Map.of()),
        PERSON("person-code", "<userTask id='ID' name='Answer'/>", Map.of()),
        OWN("own-code", "<endEvent id='ID'><errorEventDefinition id='D_ID' errorRef='Own'/></endEvent>", Map.of());

        final String code;
        final String[] steps;
        final Map<String, String> details;

        Fault(String code, String steps, Map<String, String> details) {
            this.code = code;
            this.steps = steps.split("NEXT");
            this.details = details;
        }
    }

    /** Where it comes up. */
    enum Place {
        TOP {
            @Override
            String diagram(Fault fault) {
                return line("T", fault.steps);
            }
        },
        SUBPROCESS {
            @Override
            String diagram(Fault fault) {
                return line("T", scope(line("In", fault.steps)));
            }
        },
        NESTED {
            @Override
            String diagram(Fault fault) {
                return line("T", scope(line("Out", scope(line("In", fault.steps)))));
            }
        },
        PARALLEL {
            @Override
            String diagram(Fault fault) {
                return branches(scope(line("In", fault.steps)), OTHER, OTHER, OTHER);
            }
        },
        SEVERAL_AT_ONCE {
            @Override
            String diagram(Fault fault) {
                return line("T", several(fault, false));
            }
        },
        ONE_AFTER_THE_OTHER {
            @Override
            String diagram(Fault fault) {
                return line("T", several(fault, true));
            }
        },
        OTHERWISE_CAUGHT {
            @Override
            String diagram(Fault fault) {
                return line("T", scope(line("In", fault.steps)))
                        + "<boundaryEvent id='B' attachedToRef='T0'><errorEventDefinition id='E' errorRef='Own'/>"
                        + "</boundaryEvent><endEvent id='Caught'/>" + flow("B", "Caught");
            }
        },
        IN_A_HANDLER {
            @Override
            String diagram(Fault fault) {
                var raise =
                        scope(line("R", "<endEvent id='ID'><errorEventDefinition id='RE' errorRef='Own'/></endEvent>"));
                var inside = line("In", fault.steps)
                        .replace(
                                "<startEvent id='InStart'/>",
                                "<startEvent id='InStart'><errorEventDefinition id='HE' errorRef='Own'/></startEvent>");
                return line("T", raise) + "<subProcess id='Handler' triggeredByEvent='true'>" + inside
                        + "</subProcess>";
            }
        };

        abstract String diagram(Fault fault);

        private static String several(Fault fault, boolean sequential) {
            return "<subProcess id='ID'><multiInstanceLoopCharacteristics isSequential='" + sequential
                    + "'><loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics>"
                    + line("In", fault.steps)
                    + "</subProcess>";
        }
    }

    static Stream<Arguments> faultsAndPlaces() {
        return Arrays.stream(Place.values()).flatMap(place -> Arrays.stream(Fault.values())
                .filter(fault -> place != Place.OTHERWISE_CAUGHT || fault != Fault.OWN)
                .map(fault -> Arguments.of(place, fault)));
    }

    @AfterEach
    void restore() throws IOException {
        load(Files.readString(Path.of("bpmn/vm-status.bpmn")));
        admin.patch("/api/v1/hosts/" + host, Map.of("state", "Up")).expecting(200);
        for (var fault : Fault.values()) {
            fault.details.keySet().forEach(name -> inventory.removeDetail(vm, name));
        }
    }

    @ParameterizedTest
    @MethodSource("faultsAndPlaces")
    void endsItsOperationAsFailed(Place place, Fault fault) {
        prepare(fault);
        load(StatusDiagram.of(StatusDiagram.withGoal(place.diagram(fault))));

        var operation = inventory.begin("status", vm).expecting(202);
        raise(fault, operation.path("processInstance").asText());
        var ended = admin.awaitEnd(operation.path("id").asText());

        assertThat(ended.path("state").asText()).as(ended.toString()).isEqualTo("FAILED");
        assertThat(ended.path("error").path("code").asText())
                .as(ended.toString())
                .isEqualTo(fault.code);
        assertThat(admin.get("/engine-rest/process-instance?businessKey="
                                + ended.path("id").asText())
                        .expecting(200))
                .isEmpty();
        assertThat(admin.vm(vm).path("state").asText()).isEqualTo("Running");
    }

    private void prepare(Fault fault) {
        if (vm == null) {
            var site = inventory.site();
            host = site.name();
            vm = inventory.running(site);
        }
        fault.details.forEach((name, value) -> inventory.detail(vm, name, value));
        if (fault == Fault.NO_HOST) {
            admin.patch("/api/v1/hosts/" + host, Map.of("state", "Disabled")).expecting(200);
        }
    }

    private void raise(Fault fault, String process) {
        if (fault == Fault.WORKER) {
            var fetch = Map.of(
                    "workerId",
                    "w",
                    "maxTasks",
                    1,
                    "topics",
                    List.of(Map.of("topicName", "errors", "lockDuration", 60000)));
            var task = await().until(
                            () -> admin.post("/engine-rest/external-task/fetchAndLock", fetch)
                                    .expecting(200)
                                    .path(0),
                            JsonNode::isObject);
            var error = Map.of("workerId", "w", "errorCode", fault.code, "errorMessage", "The worker's reason");
            admin.post("/engine-rest/external-task/" + task.path("id").asText() + "/bpmnError", error)
                    .expecting(204);
        } else if (fault == Fault.PERSON) {
            var task = admin.get("/engine-rest/task?name=Answer&processInstanceId=" + process)
                    .expecting(200)
                    .path(0);
            var error = Map.of("errorCode", fault.code, "errorMessage", "The person's reason");
            admin.post("/engine-rest/task/" + task.path("id").asText() + "/bpmnError", error)
                    .expecting(204);
        }
    }

    private void load(String diagram) {
        var answer = admin.send("PUT", DIAGRAM, "application/xml", diagram.getBytes(StandardCharsets.UTF_8));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }
}
