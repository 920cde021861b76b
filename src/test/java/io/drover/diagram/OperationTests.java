package io.drover.diagram;

import static io.drover.diagram.Sketch.asks;
import static io.drover.diagram.Sketch.element;
import static io.drover.diagram.Sketch.marks;
import static io.drover.diagram.Sketch.operation;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An operation that could not work is refused; one that claims what nobody has asked for, too. */
class OperationTests {
    private static final String START = element("startEvent", "s");
    private static final String END = element("endEvent", "e");
    private static final String UNASKED = "s: The operation would succeed without anything being asked";
    private static final String CLAIM = "x: The VM would be marked Running without a program";

    @ParameterizedTest
    @ValueSource(strings = {"deploy", "start", "stop", "reboot", "status", "delete", "custom-action"})
    void isNamedForAVerb(String verb) {
        assertThat(check("vm-" + verb, START, asks("a", "status"), END, "s -> a -> e"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"vm-", "vm-foo", "vm-Start", "vm-statuses", "vm-start-2"})
    void isNotNamedForAnythingElse(String id) {
        assertThat(check(id, START, END, "s -> e"))
                .anyMatch(fault -> fault.contains("There is no operation '" + id.substring(3)));
    }

    @Test
    void isNamedLikeItsFile() {
        var xml = operation("vm-start", START, asks("a", "start"), END, "s -> a -> e");
        assertThat(Sketch.check("vm-start.bpmn20.xml", xml)).isEmpty();
        assertThat(Sketch.check("vm-stop.bpmn", xml))
                .singleElement()
                .asString()
                .contains("rename the file to vm-start.bpmn");
    }

    @ParameterizedTest
    @CsvSource({
        "timerEventDefinition, <bpmn:timeCycle>R/PT1S</bpmn:timeCycle>",
        "messageEventDefinition, ''",
        "signalEventDefinition, ''",
        "conditionalEventDefinition, <bpmn:condition>${a}</bpmn:condition>"
    })
    void beginsWhenItIsAskedFor(String definition, String content) {
        var start =
                "<bpmn:startEvent id='s'><bpmn:%1$s>%2$s</bpmn:%1$s></bpmn:startEvent>".formatted(definition, content);
        assertThat(check("vm-delete", start, END, "s -> e"))
                .anyMatch(fault -> fault.contains("must have no " + definition));
    }

    @Test
    void hasOneStart() {
        assertThat(check("vm-delete", END)).anyMatch(fault -> fault.contains("has no start event"));
        assertThat(check("vm-delete", START, element("startEvent", "s2"), END, "s -> e", "s2 -> e"))
                .anyMatch(fault -> fault.contains("s2: An operation has one start event"));
    }

    @Test
    void hasAnEndThatCanBeReached() {
        var error = "<bpmn:endEvent id='r'><bpmn:errorEventDefinition/></bpmn:endEvent>";
        assertThat(check("vm-delete", START, error, "s -> r")).anyMatch(fault -> fault.contains("could never succeed"));
        assertThat(check("vm-delete", START, error, END, "s -> r"))
                .anyMatch(fault -> fault.contains("s: The operation could never"));
        assertThat(check("vm-delete", START)).anyMatch(fault -> fault.contains("could never succeed"));
        var boundary =
                "<bpmn:boundaryEvent id='b' attachedToRef='sub'><bpmn:errorEventDefinition/></bpmn:boundaryEvent>";
        assertThat(check("vm-delete", START, "<bpmn:subProcess id='sub'/>", boundary, END, "s -> sub", "b -> e"))
                .isEmpty();
        var links =
                "<bpmn:intermediateThrowEvent id='t'><bpmn:linkEventDefinition name='l'/></bpmn:intermediateThrowEvent>"
                        + "<bpmn:intermediateCatchEvent id='c'><bpmn:linkEventDefinition name='l'/></bpmn:intermediateCatchEvent>";
        assertThat(check("vm-delete", START, links, END, "s -> t", "c -> e")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"deploy", "start", "status", "custom-action"})
    void doesNotClaimToRunWhatNobodyAsked(String verb) {
        var operation = "vm-" + verb;
        assertThat(check(operation, START, marks("x", "Running"), END, "s -> x -> e"))
                .anyMatch(fault -> fault.contains(CLAIM));
        for (var useless : List.of("prepare", "stop", "delete")) {
            assertThat(check(operation, START, asks("a", useless), marks("x", "Running"), END, "s -> a -> x -> e"))
                    .anyMatch(fault -> fault.contains(CLAIM));
        }
        for (var useful : List.of("deploy", "start", "reboot", "status", "custom-action", "Say It")) {
            assertThat(check(operation, START, asks("a", useful), marks("x", "Running"), END, "s -> a -> x -> e"))
                    .isEmpty();
        }
        assertThat(check(
                        operation,
                        START,
                        element("exclusiveGateway", "g"),
                        asks("a", "start"),
                        marks("x", "Running"),
                        END,
                        "s -> g -> a -> x -> e",
                        "g -> x"))
                .anyMatch(fault -> fault.contains(CLAIM));
    }

    @ParameterizedTest
    @ValueSource(strings = {"deploy", "start", "stop", "reboot"})
    void doesNotSucceedWithoutAnythingBeingAsked(String verb) {
        var operation = "vm-" + verb;
        var user = element("userTask", "u");
        var gateway = element("exclusiveGateway", "g");
        var asks = asks("a", "status");
        var error = "<bpmn:endEvent id='r'><bpmn:errorEventDefinition/></bpmn:endEvent>";
        assertThat(check(operation, START, END, "s -> e"))
                .singleElement()
                .asString()
                .contains(UNASKED);
        assertThat(check(operation, START, user, END, "s -> u -> e")).anyMatch(fault -> fault.contains(UNASKED));
        assertThat(check(operation, START, asks, END, "s -> e")).anyMatch(fault -> fault.contains(UNASKED));
        assertThat(check(operation, START, gateway, asks, END, error, "s -> g -> e", "g -> a -> r"))
                .anyMatch(fault -> fault.contains(UNASKED));
        assertThat(check(operation, START, gateway, user, asks, END, "s -> u -> g -> e", "g -> a -> e"))
                .isEmpty();
        assertThat(check(operation, START, "<bpmn:callActivity id='c' calledElement='o'/>", END, "s -> c -> e"))
                .isEmpty();
        var inner = "<bpmn:subProcess id='sub'>" + element("startEvent", "is") + asks + flow("i", "is", "a")
                + "</bpmn:subProcess>";
        assertThat(check(operation, START, inner, END, "s -> sub -> e")).isEmpty();
        for (var other : List.of("vm-delete", "vm-status", "vm-custom-action")) {
            assertThat(check(other, START, END, "s -> e")).isEmpty();
        }
    }

    @Test
    void mayPutBackWhatWasTrueBefore() {
        for (var verb : List.of("stop", "reboot", "delete")) {
            assertThat(check("vm-" + verb, START, marks("x", "Running"), asks("a", "status"), END, "s -> x -> a -> e"))
                    .isEmpty();
        }
        assertThat(check("vm-start", START, marks("x", "Stopped"), asks("a", "status"), END, "s -> x -> a -> e"))
                .isEmpty();
        assertThat(check("vm-deploy", START, marks("x", "Stopped"), END, "s -> x -> e"))
                .isNotEmpty();
        assertThat(check("vm-deploy", START, marks("x", "Error"), asks("a", "status"), END, "s -> x -> a -> e"))
                .isEmpty();
    }

    @Test
    void knowsThatJoinedBranchesWereAllWalked() {
        var gateways = element("parallelGateway", "fork") + element("parallelGateway", "join");
        assertThat(check(
                        "vm-start",
                        START,
                        gateways,
                        element("userTask", "u"),
                        asks("a", "start"),
                        marks("x", "Running"),
                        END,
                        "s -> fork -> a -> join -> x -> e",
                        "fork -> u -> join"))
                .isEmpty();
        assertThat(check(
                        "vm-start",
                        START,
                        gateways,
                        element("userTask", "u"),
                        asks("a", "start"),
                        marks("x", "Running"),
                        END,
                        "s -> fork -> a -> e",
                        "fork -> u -> x -> e"))
                .anyMatch(fault -> fault.contains(CLAIM));
    }

    @Test
    void looksIntoSubprocesses() {
        var inner = "<bpmn:subProcess id='sub'>" + element("startEvent", "is") + asks("a", "deploy")
                + element("endEvent", "ie") + flow("i1", "is", "a") + flow("i2", "a", "ie") + "</bpmn:subProcess>";
        assertThat(check("vm-deploy", START, inner, marks("x", "Running"), END, "s -> sub -> x -> e"))
                .isEmpty();
        assertThat(check(
                        "vm-deploy",
                        START,
                        inner.replace("deploy", "prepare"),
                        marks("x", "Running"),
                        END,
                        "s -> sub -> x -> e"))
                .anyMatch(fault -> fault.contains(CLAIM));
        var boundary =
                "<bpmn:boundaryEvent id='b' attachedToRef='sub'><bpmn:errorEventDefinition/></bpmn:boundaryEvent>";
        assertThat(check(
                        "vm-deploy",
                        START,
                        inner,
                        boundary,
                        marks("x", "Running"),
                        END,
                        "s -> sub -> e",
                        "b -> x -> e"))
                .isEmpty();
        var within = "<bpmn:subProcess id='sub'>" + element("startEvent", "is") + marks("x", "Running")
                + flow("i1", "is", "x") + "</bpmn:subProcess>";
        assertThat(check("vm-deploy", START, within, END, "s -> sub -> e")).anyMatch(fault -> fault.contains(CLAIM));
        assertThat(check("vm-deploy", START, asks("a", "deploy"), within, END, "s -> a -> sub -> e"))
                .isEmpty();
    }

    @Test
    void leavesToTheServerWhatCannotBeKnown() {
        for (var unknown : List.of(
                "<bpmn:serviceTask id='a' camunda:type='external' camunda:topic='t'/>",
                "<bpmn:callActivity id='a' calledElement='other'/>",
                "<bpmn:serviceTask id='a' camunda:delegateExpression='${extensionExecutor}'>"
                        + Sketch.extension("<camunda:field name='verb' expression='${verb}'/>")
                        + "</bpmn:serviceTask>")) {
            assertThat(check("vm-start", START, unknown, marks("x", "Running"), END, "s -> a -> x -> e"))
                    .isEmpty();
        }
        assertThat(check("vm-start", START, element("userTask", "a"), marks("x", "Running"), END, "s -> a -> x -> e"))
                .isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<bpmn:sequenceFlow id='x' sourceRef='s' targetRef='nowhere'/> | targetRef=\"nowhere\" names no element",
                "<bpmn:sequenceFlow id='x' sourceRef='nowhere' targetRef='e'/> | sourceRef=\"nowhere\" names no element",
                "<bpmn:boundaryEvent id='x' attachedToRef='nowhere'/> | attachedToRef=\"nowhere\"",
                "<bpmn:endEvent id='x'><bpmn:errorEventDefinition errorRef='Nope'/></bpmn:endEvent> | names no error of the file",
                "<bpmn:receiveTask id='x' messageRef='Nope'/> | names no message of the file",
                "<bpmn:exclusiveGateway id='x' default='nope'/> | default=\"nope\" names no flow",
                "<bpmn:task id='x'><bpmn:standardLoopCharacteristics/></bpmn:task> | multi-instance",
                "<bpmn:complexGateway id='x'/> | the engine does not run it",
                "<bpmn:adHocSubProcess id='x'/> | the engine does not run it",
                "<bpmn:task id='x' nope='1'/> | 'nope' is not allowed",
                "<bpmn:nope id='x'/> | none that Drover's diagrams may have"
            })
    void saysWhatCannotBeRun(String element, String why) {
        assertThat(check("vm-delete", START, END, "s -> e", element))
                .anyMatch(fault -> fault.contains("x: ") && fault.contains(why));
    }

    @Test
    void repeatsNoFaultForWhatFollowsFromIt() {
        assertThat(check(
                        "vm-delete",
                        START,
                        END,
                        "<bpmn:sequenceFlow id='x' sourceRef='s' targetRef='nowhere'/>",
                        "s -> e"))
                .hasSize(1);
    }

    private static String flow(String id, String from, String to) {
        return "<bpmn:sequenceFlow id='%s' sourceRef='%s' targetRef='%s'/>".formatted(id, from, to);
    }

    private static List<String> check(String id, String... parts) {
        return Sketch.check(id + ".bpmn", operation(id, Stream.of(parts).toArray(String[]::new)));
    }
}
