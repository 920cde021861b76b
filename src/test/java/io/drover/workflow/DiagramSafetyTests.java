package io.drover.workflow;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParser;
import org.camunda.bpm.engine.impl.util.ReflectUtil;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.camunda.bpm.engine.impl.util.xml.Parse;
import org.camunda.bpm.engine.impl.util.xml.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiagramSafetyTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<scriptTask id='t'/>",
                "<scriptTask id='t' scriptFormat='groovy'><script>x</script></scriptTask>",
                "<serviceTask id='t' camunda:class='java.lang.Object'/>",
                "<serviceTask id='t' activiti:class='java.lang.Object'/>",
                "<serviceTask id='t' camunda:type='shell'/>",
                "<serviceTask id='t' camunda:type='mail'/>",
                "<serviceTask id='t' activiti:type='shell'/>",
                "<sendTask id='t' camunda:class='x.Y'/>",
                "<businessRuleTask id='t' camunda:class='x.Y'/>",
                "<callActivity id='t' camunda:variableMappingClass='x.Y'/>",
                "<startEvent id='t' camunda:formHandlerClass='x.Y'/>",
                "<serviceTask id='t'><extensionElements><camunda:connector/></extensionElements></serviceTask>",
                "<serviceTask id='t'><extensionElements>"
                        + "<camunda:executionListener event='start' class='x.Y'/></extensionElements></serviceTask>",
                "<userTask id='t'><extensionElements>"
                        + "<camunda:taskListener event='create' class='x.Y'/></extensionElements></userTask>",
                "<userTask id='t'><extensionElements><camunda:taskListener event='create'>"
                        + "<camunda:script scriptFormat='groovy'>x</camunda:script>"
                        + "</camunda:taskListener></extensionElements></userTask>",
                "<serviceTask id='t'><extensionElements><camunda:inputOutput><camunda:inputParameter name='x'>"
                        + "<camunda:script scriptFormat='groovy'>x</camunda:script>"
                        + "</camunda:inputParameter></camunda:inputOutput></extensionElements></serviceTask>",
                "<serviceTask id='t' camunda:delegateExpression='${environment}'/>",
                "<serviceTask id='t'><extensionElements><camunda:executionListener event='start'"
                        + " delegateExpression='${environment}'/></extensionElements></serviceTask>",
                "<subProcess id='s'><scriptTask id='t'/></subProcess>",
                "<sequenceFlow id='f'><conditionExpression language='groovy'>x</conditionExpression></sequenceFlow>",
                "<intermediateCatchEvent id='e'><conditionalEventDefinition>"
                        + "<condition language='groovy'>x</condition>"
                        + "</conditionalEventDefinition></intermediateCatchEvent>"
            })
    void refusesCode(String content) {
        assertThatThrownBy(() -> DiagramSafety.check(diagram(content)))
                .isInstanceOf(ProcessEngineException.class)
                .hasMessageMatching("Line \\d+: .* is not allowed in a diagram; .*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<startEvent id='s'/><endEvent id='e'/>",
                "<serviceTask id='t' camunda:delegateExpression='${extensionExecutor}'/>",
                "<serviceTask id='t' camunda:type='external' camunda:topic='x'/>",
                "<serviceTask id='t'><extensionElements><camunda:executionListener event='start'"
                        + " delegateExpression='${recordPower}'/></extensionElements></serviceTask>",
                "<sequenceFlow id='f'><conditionExpression>${x}</conditionExpression></sequenceFlow>"
            })
    void allowsDiagramsWithoutCode(String content) {
        assertThatCode(() -> DiagramSafety.check(diagram(content))).doesNotThrowAnyException();
    }

    @Test
    void allowsEveryDiagramThatComesAlong() throws IOException {
        try (var files = Files.newDirectoryStream(Path.of("bpmn"), "*.bpmn")) {
            for (var file : files) {
                DiagramSafety.check(parse(Files.readString(file)));
            }
        }
    }

    private static Element diagram(String content) {
        return parse("""
                <definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL' targetNamespace='t'
                             xmlns:camunda='http://camunda.org/schema/1.0/bpmn'
                             xmlns:activiti='http://activiti.org/bpmn'>
                <process id='p'>%s</process></definitions>
                """.formatted(content));
    }

    private static Element parse(String xml) {
        var parse = new PlainParser().createParse().sourceString(xml);
        parse.setSchemaResource(ReflectUtil.getResourceUrlAsString(BpmnParser.BPMN_20_SCHEMA_LOCATION));
        return parse.execute().getRootElement();
    }

    /** The engine's reading of XML without its understanding of BPMN. */
    private static final class PlainParser extends Parser {
        @Override
        public Parse createParse() {
            return new Parse(this) {};
        }

        @Override
        public Boolean isEnableXxeProcessing() {
            return false;
        }
    }
}
