package io.drover.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.diagram.Diagrams;
import io.drover.diagram.Fault;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.Expression;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the check says there is, is what there is. */
class DiagramWordsTests {

    @Test
    void theTasksAreThese() {
        var names = DiagramBeans.NAMES.stream()
                .sorted()
                .map(name -> "${" + name + "}")
                .toList();
        assertThat(check("${nope}", "")).contains("there are " + names);
    }

    @ParameterizedTest
    @CsvSource({
        "extensionExecutor, io.drover.workflow.ExtensionExecutor",
        "markVm, io.drover.workflow.MarkVm",
        "chooseHost, io.drover.workflow.ChooseHost",
        "applyPatch, io.drover.workflow.ApplyPatch",
        "recordPower, io.drover.workflow.RecordPower"
    })
    void theFieldsOfATaskAreThese(String bean, Class<?> type) {
        var fields = Arrays.stream(type.getDeclaredFields())
                .filter(field -> field.getType() == Expression.class)
                .map(java.lang.reflect.Field::getName)
                .toList();
        assertThat(check("${" + bean + "}", "<camunda:field name='nope' stringValue='x'/>"))
                .contains("has no field 'nope'; it has " + (fields.isEmpty() ? "none" : fields));
    }

    private static String check(String bean, String fields) {
        var xml = """
                <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t"
                    xmlns:camunda="http://camunda.org/schema/1.0/bpmn">
                <process id="vm-stop" isExecutable="true"><startEvent id="s"/>
                <serviceTask id="x" camunda:delegateExpression="%s"><extensionElements>%s</extensionElements></serviceTask>
                </process></definitions>
                """.formatted(bean, fields);
        return Diagrams.check("vm-stop.bpmn", xml.getBytes(StandardCharsets.UTF_8)).stream()
                .map(Fault::message)
                .collect(Collectors.joining("\n"));
    }
}
