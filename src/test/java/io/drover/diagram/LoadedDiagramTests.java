package io.drover.diagram;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.DiagramEdits;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A diagram that lies in the database already is held to less, but runs no code either. */
class LoadedDiagramTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<bpmn:scriptTask id='x'/>",
                "<bpmn:serviceTask id='x' camunda:type='Shell'/>",
                "<bpmn:serviceTask id='x' activiti:type='mail'/>",
                "<bpmn:serviceTask id='x' camunda:class='a.B'/>",
                "<bpmn:serviceTask id='x' activiti:delegateExpression='${environment}'/>",
                "<bpmn:userTask id='x' camunda:formHandlerClass='a.B'/>",
                "<bpmn:callActivity id='x' camunda:variableMappingClass='a.B'/>",
                "<bpmn:task id='x'><bpmn:extensionElements><camunda:executionListener class='a.B'/></bpmn:extensionElements></bpmn:task>",
                "<bpmn:task id='x'><bpmn:extensionElements><o:script xmlns:o='urn:o'/></bpmn:extensionElements></bpmn:task>",
                "<bpmn:task id='x'><bpmn:extensionElements><camunda:inputOutput><camunda:inputParameter name='a'>"
                        + "<di:script xmlns:di='http://www.omg.org/spec/DD/20100524/DI'/></camunda:inputParameter>"
                        + "</camunda:inputOutput></bpmn:extensionElements></bpmn:task>",
                "<bpmn:task id='x'><bpmn:extensionElements><camunda:constraint name='validator'/></bpmn:extensionElements></bpmn:task>",
                "<bpmn:sequenceFlow id='x'><bpmn:conditionExpression language='js'>1</bpmn:conditionExpression></bpmn:sequenceFlow>"
            })
    void codeIsRefused(String element) {
        assertThat(loaded(Sketch.process(element)))
                .isNotEmpty()
                .allMatch(fault -> fault.startsWith("line 5: x: ") && fault.endsWith("it runs code"));
    }

    @Test
    void whatIsOnlyWrongGoesOn() {
        DiagramEdits.PROCESSES.forEach(
                process -> assertThat(loaded(DiagramEdits.original(process))).isEmpty());
        assertThat(loaded(
                        DiagramEdits.original("vm-stop").replace("R2/PT5S", "5").replace("isExecutable", "x:y")))
                .singleElement()
                .asString()
                .contains("Not XML");
        assertThat(loaded(
                        DiagramEdits.original("vm-stop").replace("R2/PT5S", "5").replace("${running}", "${a.b()}")))
                .isEmpty();
    }

    private static List<String> loaded(String xml) {
        return Diagrams.checkLoaded(xml.getBytes(StandardCharsets.UTF_8)).stream()
                .map(Fault::toString)
                .toList();
    }
}
