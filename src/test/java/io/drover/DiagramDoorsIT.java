package io.drover;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** By whichever door a diagram comes, the same is refused, with the same words, and nothing of it stays. */
@Tag("matrix")
@ExtendWith(OutputCaptureExtension.class)
class DiagramDoorsIT extends WholeApplication {
    private static final String HEAD = """
            <?xml version="1.0" encoding="UTF-8"?>
            <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t"
                xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:activiti="http://activiti.org/bpmn">
            """;

    /** One of each kind: content of the process, element, what the reason has in it. */
    private static final List<List<String>> KINDS = List.of(
            List.of("<serviceTask id='x' camunda:type='Shell'/>", "x", "external"),
            List.of("<sendTask id='x' activiti:type='MAIL'/>", "x", "external"),
            List.of("<serviceTask id='x' camunda:class='java.lang.Object'/>", "x", "classes are not loaded"),
            List.of("<serviceTask id='x' camunda:delegateExpression='${foo}'/>", "x", "${markVm}"),
            List.of("<serviceTask id='x' camunda:expression='${execution.id}'/>", "x", "the engine's"),
            List.of("<scriptTask id='x' scriptFormat='js'><script>1</script></scriptTask>", "x", "scripts are not run"),
            List.of("<userTask id='x' camunda:formHandlerClass='a.B'/>", "x", "classes are not loaded"),
            List.of(
                    "<userTask id='x'>" + extension("<camunda:taskListener event='create' expression='${a}'/>")
                            + "</userTask>",
                    "x",
                    "listeners"),
            List.of(
                    "<userTask id='x'>"
                            + extension("<camunda:formData><camunda:formField id='f' type='string'>"
                                    + "<camunda:validation><camunda:constraint name='validator' config='java.lang.Object'/>"
                                    + "</camunda:validation></camunda:formField></camunda:formData>")
                            + "</userTask>",
                    "x",
                    "minlength"),
            List.of("<task id='x'>" + extension("<camunda:connector/>") + "</task>", "x", "connectors"),
            List.of("<businessRuleTask id='x' camunda:decisionRef='d'/>", "x", "decision tables"),
            List.of("<callActivity id='x' camunda:caseRef='c'/>", "x", "cases"),
            List.of("<callActivity id='x' calledElement='vm-nope'/>", "x", "no operation 'nope'"),
            List.of("<sequenceFlow id='x' sourceRef='s' targetRef='nowhere'/>", "x", "nowhere"));

    static Stream<Arguments> kindsByDoors() {
        return KINDS.stream().flatMap(kind -> Stream.of(DiagramDoors.values()).map(door -> Arguments.of(door, kind)));
    }

    @ParameterizedTest
    @MethodSource("kindsByDoors")
    void whatIsNotOnTheListIsRefused(DiagramDoors door, List<String> kind, CapturedOutput log) {
        var key = unique("p");
        var before = deployments();

        var answer = door.load(admin, HOME, key, process(key, "isExecutable='true'", kind.get(0)));

        assertThat(door.reason(answer)).contains("line 6", kind.get(1) + ": ", kind.get(2));
        assertThat(deployments()).isEqualTo(before);
        assertThat(log.getAll()).doesNotContain("\tat ");
    }

    @ParameterizedTest
    @EnumSource
    void brokenXmlIsTheSendersToMend(DiagramDoors door, CapturedOutput log) {
        var before = deployments();
        for (var xml : List.of(
                "<definitions", "text", HEAD + "<process>", HEAD.replace("UTF-8", "nothing") + "</definitions>")) {
            assertThat(door.reason(door.load(admin, HOME, unique("p"), xml))).contains("line ", "Not XML");
        }
        assertThat(deployments()).isEqualTo(before);
        assertThat(log.getAll()).doesNotContain("\tat ");
    }

    @ParameterizedTest
    @EnumSource
    void whatWouldNotBeRunIsRefused(DiagramDoors door) {
        var before = deployments();
        var key = unique("p");

        assertThat(door.reason(door.load(admin, HOME, key, process(key, "", ""))))
                .contains("isExecutable=\"true\"");
        assertThat(door.reason(door.load(admin, HOME, "vm-reboot", pools())))
                .contains("pool-a", "vm-reboot", "exactly one");
        assertThat(door.reason(door.load(admin, HOME, unique("q"), process(key, "isExecutable='true'", ""))))
                .contains(key);
        assertThat(deployments()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void aDiagramWithoutATimeToLiveIsLoaded(DiagramDoors door) {
        var key = unique("p");

        assertThat(door.reason(door.load(admin, HOME, key, process(key, "isExecutable='true'", ""))))
                .isEmpty();

        var loaded = admin.get("/engine-rest/process-definition/key/" + key).expecting(200);
        assertThat(loaded.path("historyTimeToLive").asInt()).isEqualTo(30);
    }

    @Test
    void nothingOfADeploymentIsLoadedUnlessAllIs() {
        var before = deployments();
        var good = unique("p");
        var bad = unique("p");

        refused(
                Map.of(good + ".bpmn", process(good, "isExecutable='true'", ""), bad + ".bpmn", "<x/>"),
                Map.of(),
                "definitions");
        for (var other :
                List.of("table.dmn", "case.cmmn", "form.form", "page.html", "run.groovy", "processbpmn", "A.BPMN")) {
            refused(
                    Map.of(good + ".bpmn", process(good, "isExecutable='true'", ""), other, "<x/>"),
                    Map.of(),
                    "Only diagrams");
        }
        refused(Map.of(good + ".bpmn", process(good, "isExecutable='true'", "")), Map.of("tenant-id", "t1"), "tenant");
        assertThat(deployments()).isEqualTo(before);
    }

    @Test
    void theWebApplicationsWantTheirTokenAndSaySo(CapturedOutput log) {
        var path = "/camunda/api/engine/engine/default/deployment/create";
        var answer =
                admin.send("POST", path, "multipart/form-data; boundary=b", "--b--".getBytes(StandardCharsets.UTF_8));

        assertThat(answer.status()).as(answer.text()).isEqualTo(403);
        assertThat(log.getAll()).doesNotContain("\tat ");
    }

    @ParameterizedTest
    @EnumSource
    void whatPeopleAddIsLoaded(DiagramEdits.Addition addition) {
        try {
            var answer = DiagramDoors.UPLOAD.load(admin, HOME, "vm-reboot", addition.to("vm-reboot"));
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        } finally {
            DiagramDoors.UPLOAD
                    .load(admin, HOME, "vm-reboot", DiagramEdits.original("vm-reboot"))
                    .expecting(200);
        }
    }

    private void refused(Map<String, String> files, Map<String, String> fields, String why) {
        for (var path : List.of("/engine-rest", "/engine-rest/engine/default", "/camunda/api/engine/engine/default")) {
            var answer = DiagramDoors.deploy(admin, path + "/deployment/create", files, fields);
            assertThat(answer.status()).as(answer.text()).isEqualTo(400);
            assertThat(answer.json().path("message").asText()).contains(why);
        }
    }

    private int deployments() {
        return admin.get("/engine-rest/deployment/count")
                .expecting(200)
                .path("count")
                .asInt();
    }

    private static String extension(String content) {
        return "<extensionElements>" + content + "</extensionElements>";
    }

    private static String process(String key, String attributes, String content) {
        return HEAD
                + "<process id='%s' %s><startEvent id='s'/>%n"
                        .formatted(key, attributes)
                        .stripTrailing() + "\n" + content + "</process></definitions>";
    }

    private static String pools() {
        return HEAD + "<process id='pool-a' isExecutable='true'><startEvent id='s'/></process>"
                + "<process id='vm-reboot' isExecutable='true'><startEvent id='t'/></process></definitions>";
    }
}
