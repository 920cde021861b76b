package io.drover.diagram;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The fields of Drover's tasks are checked before anything is run. */
class FieldTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "extensionExecutor | verb | create | is 'create'; it must be one of [prepare, deploy,",
                "extensionExecutor | verb | Start | is 'Start'",
                "extensionExecutor | verb | DELETE | is 'DELETE'",
                "extensionExecutor | verb | Custom-Action | is 'Custom-Action'",
                "extensionExecutor | verb | statuses | is 'statuses'",
                "extensionExecutor | verb | a/b | is 'a/b'",
                "extensionExecutor | verb | ${verb} | put an expression into camunda:expression",
                "extensionExecutor | verb | '' | 'verb' is missing",
                "extensionExecutor | timeout | 5m | one second to one day, e.g. PT5M",
                "extensionExecutor | timeout | PT0S | one second",
                "extensionExecutor | timeout | PT0.9S | one second",
                "extensionExecutor | timeout | -PT5S | one second",
                "extensionExecutor | timeout | PT86401S | one day",
                "extensionExecutor | timeout | P1D1 | one day",
                "extensionExecutor | timeout | 300 | PT5M",
                "extensionExecutor | retry | 5 | e.g. R3/PT10S",
                "extensionExecutor | retry | R3/10S | e.g. R3/PT10S",
                "extensionExecutor | retry | R/PT10S | e.g. R3/PT10S",
                "extensionExecutor | retry | R0/PT10S | e.g. R3/PT10S",
                "extensionExecutor | retry | R99999/PT10S | e.g. R3/PT10S",
                "extensionExecutor | retry | R3/PT-10S | e.g. R3/PT10S",
                "extensionExecutor | retry | r3/pt10s | e.g. R3/PT10S",
                "extensionExecutor | exhausted | errror | one of [incident, error]",
                "extensionExecutor | exhausted | Error | one of [incident, error]",
                "extensionExecutor | Verb | start | has no field 'Verb'; it has [verb, timeout, retry, exhausted]",
                "extensionExecutor | retries | R3/PT1S | has no field 'retries'",
                "extensionExecutor | state | Running | has no field 'state'",
                "markVm | state | running | one of [Allocated, Starting, Running,",
                "markVm | state | RUNNING | one of [Allocated",
                "markVm | state | On | one of [Allocated",
                "markVm | state | '' | marks nothing",
                "markVm | power | PowerOn2 | one of [PowerOn, PowerOff, PowerUnknown]",
                "markVm | power | poweron | one of [PowerOn",
                "markVm | power | Running | one of [PowerOn",
                "markVm | verb | start | has no field 'verb'; it has [state, power, reason]",
                "markVm | reason | Too dear | give the task a field 'state', one of [Allocated",
                "markVm | reason | ${comment} | put an expression into camunda:expression",
                "chooseHost | host | h1 | has no field 'host'; it has none",
                "applyPatch | verb | prepare | it has none",
                "recordPower | power | PowerOn | it has none"
            })
    void aWrongFieldIsRefused(String bean, String field, String value, String why) {
        assertThat(inOperation(Sketch.task("x", bean, field, value)))
                .anyMatch(fault -> fault.matches("line \\d+: x: .*") && fault.contains(why));
    }

    @ParameterizedTest
    @CsvSource({
        "timeout, PT1S",
        "timeout, PT24H",
        "timeout, P1D",
        "timeout, PT1H30M",
        "timeout, ' PT5M '",
        "timeout, ''",
        "retry, R1/PT0S",
        "retry, R9999/P1D",
        "retry, ''",
        "exhausted, incident",
        "exhausted, error"
    })
    void aRightFieldIsTaken(String field, String value) {
        assertThat(inOperation(Sketch.task("x", "extensionExecutor", "verb", "status", field, value)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "prepare",
                "deploy",
                "start",
                "stop",
                "reboot",
                "status",
                "delete",
                "custom-action",
                "Say It",
                "snap_1"
            })
    void aVerbIsTaken(String verb) {
        assertThat(inOperation(Sketch.asks("x", verb))).isEmpty();
    }

    @Test
    void aMissingVerbIsRefused() {
        assertThat(inOperation("<bpmn:serviceTask id='x' camunda:delegateExpression='${extensionExecutor}'/>"))
                .singleElement()
                .asString()
                .contains("x: The field 'verb' is missing; it must be one of [prepare,");
    }

    @Test
    void everyWayToGiveAValueIsRead() {
        for (var prefix : List.of("camunda", "activiti")) {
            for (var field : List.of(
                    "<P:field name='verb' stringValue='create'/>",
                    "<P:field name='verb' expression='create'/>",
                    "<P:field name='verb'><P:string>create</P:string></P:field>",
                    "<P:field name='verb'><P:expression>create</P:expression></P:field>")) {
                assertThat(inOperation(executor(field.replace("P:", prefix + ":"))))
                        .anyMatch(fault -> fault.contains("'create'"));
            }
        }
    }

    @Test
    void anExpressionIsTakenIfItIsOneOverVariables() {
        assertThat(
                        inOperation(
                                executor(
                                        "<camunda:field name='verb' expression='${verb}'/>"
                                                + "<camunda:field name='timeout'><camunda:expression>PT${n}S</camunda:expression></camunda:field>")))
                .isEmpty();
        assertThat(inOperation(executor("<camunda:field name='verb' expression='${a.b()}'/>")))
                .anyMatch(fault -> fault.contains("calls the method 'b'"));
    }

    @Test
    void aFieldThatIsGivenTwiceIsRefused() {
        assertThat(inOperation(Sketch.task("x", "extensionExecutor", "verb", "start", "verb", "stop")))
                .anyMatch(fault -> fault.contains("'verb' is given twice"));
        assertThat(inOperation(
                        executor("<camunda:field name='verb' stringValue='start'><camunda:string>stop</camunda:string>"
                                + "</camunda:field>")))
                .anyMatch(fault -> fault.contains("has its value 2 times"));
    }

    @Test
    void theEnginesRetryCycleIsHeldToTheSameRule() {
        for (var prefix : List.of("camunda", "activiti", "fox")) {
            var cycle = "<%1$s:failedJobRetryTimeCycle>PT1M,PT2M</%1$s:failedJobRetryTimeCycle>".formatted(prefix);
            assertThat(inOperation(executor("<camunda:field name='verb' stringValue='start'/>" + cycle)))
                    .anyMatch(fault -> fault.contains("'PT1M,PT2M'") && fault.contains("R3/PT10S"));
        }
    }

    @Test
    void allFaultsAreToldAtOnce() {
        assertThat(inOperation(Sketch.task(
                        "x", "extensionExecutor", "verb", "create", "retry", "5", "timeout", "5m", "nope", "1")))
                .hasSize(4);
    }

    @Test
    void droversTasksAreForOperations() {
        assertThat(Sketch.check(Sketch.process(Sketch.task("x", "chooseHost"))))
                .singleElement()
                .asString()
                .contains("${chooseHost} works in operations only", "'p'");
    }

    private static String executor(String fields) {
        return "<bpmn:serviceTask id='x' camunda:delegateExpression='${extensionExecutor}'>" + Sketch.extension(fields)
                + "</bpmn:serviceTask>";
    }

    private static List<String> inOperation(String task) {
        return Sketch.check(
                "vm-stop.bpmn",
                Sketch.operation(
                        "vm-stop",
                        Sketch.element("startEvent", "s"),
                        task,
                        Sketch.element("endEvent", "e"),
                        "s -> x -> e"));
    }
}
