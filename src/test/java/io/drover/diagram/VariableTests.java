package io.drover.diagram;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What sets a variable of Drover's own in an operation is found before any program is asked. */
class VariableTests {
    private static final String PLAIN = "<bpmn:task id='x'>EXT</bpmn:task>";
    private static final String USER = "<bpmn:userTask id='x'>EXT</bpmn:userTask>";
    private static final String CALL = "<bpmn:callActivity id='x' calledElement='c'>EXT</bpmn:callActivity>";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<bpmn:serviceTask id='x' camunda:expression='${a}' camunda:resultVariable='NAME'/>",
                "<bpmn:serviceTask id='x' activiti:expression='${a}' activiti:resultVariableName='NAME'/>",
                "<bpmn:sendTask id='x' camunda:expression='${a}' camunda:resultVariable='NAME'/>",
                "<bpmn:businessRuleTask id='x' camunda:expression='${a}' camunda:resultVariable='NAME'/>",
                "<bpmn:userTask id='x'><bpmn:multiInstanceLoopCharacteristics camunda:collection='${a}'"
                        + " camunda:elementVariable='NAME'/></bpmn:userTask>",
                "<bpmn:userTask id='x'><bpmn:multiInstanceLoopCharacteristics><bpmn:loopDataInputRef>a</bpmn:loopDataInputRef>"
                        + "<bpmn:inputDataItem id='x' name='NAME'/></bpmn:multiInstanceLoopCharacteristics></bpmn:userTask>",
                "<bpmn:boundaryEvent id='x' attachedToRef='a'><bpmn:errorEventDefinition camunda:errorCodeVariable='NAME'/></bpmn:boundaryEvent>",
                "<bpmn:boundaryEvent id='x' attachedToRef='a'><bpmn:errorEventDefinition camunda:errorMessageVariable='NAME'/></bpmn:boundaryEvent>",
                "<bpmn:boundaryEvent id='x' attachedToRef='a'><bpmn:escalationEventDefinition"
                        + " camunda:escalationCodeVariable='NAME'/></bpmn:boundaryEvent>",
                "<bpmn:startEvent id='x' camunda:initiator='NAME'/>",
                "PLAIN<camunda:inputOutput><camunda:inputParameter name='NAME'>1</camunda:inputParameter></camunda:inputOutput>",
                "PLAIN<camunda:inputOutput><camunda:outputParameter name='NAME'>1</camunda:outputParameter></camunda:inputOutput>",
                "USER<camunda:formData><camunda:formField id='NAME' type='string'/></camunda:formData>",
                "USER<camunda:formProperty id='NAME' type='string'/>",
                "USER<camunda:formProperty id='p' variable='NAME' type='string'/>",
                "CALL<camunda:out source='a' target='NAME'/>"
            })
    void isRefusedWhereItIsSet(String place) {
        var xml = expanded(place);
        for (var name : List.of("vm", "prepareWanted", "droverGoal", "droverx")) {
            assertThat(faults("vm-stop", xml, name))
                    .as(name)
                    .singleElement()
                    .asString()
                    .contains("x: ", "line ", "=\"" + name + "\"", "Drover's own in vm-stop");
        }
        for (var name : List.of("created", "action", "parameters", "Vm", "vms", "my")) {
            assertThat(faults("vm-stop", xml, name)).as(name).isEmpty();
        }
        assertThat(faults("p", xml, "vm")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"vm-delete, created", "vm-delete, placed", "vm-delete, running", "vm-custom-action, action"})
    void isRefusedInTheOperationThatHasIt(String operation, String name) {
        var xml = expanded("CALL<camunda:out source='a' target='NAME'/>");
        assertThat(faults(operation, xml, name)).hasSize(1);
    }

    @Test
    void aFormMayShowIt() {
        assertThat(faults(
                        "vm-stop",
                        expanded(
                                "USER<camunda:formData><camunda:formField id='NAME' type='string'><camunda:validation>"
                                        + "<camunda:constraint name='readonly'/></camunda:validation></camunda:formField></camunda:formData>"),
                        "vm"))
                .isEmpty();
        assertThat(faults("vm-stop", expanded("USER<camunda:formProperty id='NAME' writable='false'/>"), "vm"))
                .isEmpty();
    }

    @Test
    void theFormOfAStartAsksForIt() {
        var start = "<bpmn:startEvent id='x'>"
                + Sketch.extension("<camunda:formData><camunda:formField id='NAME' type='string'/></camunda:formData>")
                + "</bpmn:startEvent>";
        assertThat(faults("vm-stop", start, "vm")).isEmpty();
        assertThat(faults("vm-custom-action", start, "action")).isEmpty();
        assertThat(faults("vm-deploy", start, "prepareWanted")).hasSize(1);
    }

    private static String expanded(String place) {
        for (var shape : List.of(PLAIN, USER, CALL)) {
            var key = shape == PLAIN ? "PLAIN" : shape == USER ? "USER" : "CALL";
            if (place.startsWith(key)) {
                return shape.replace("EXT", Sketch.extension(place.substring(key.length())));
            }
        }
        return place;
    }

    private static List<String> faults(String operation, String xml, String name) {
        return Sketch.check(operation + ".bpmn", Sketch.operation(operation, xml.replace("NAME", name))).stream()
                .filter(fault -> fault.contains("Drover's own"))
                .toList();
    }
}
