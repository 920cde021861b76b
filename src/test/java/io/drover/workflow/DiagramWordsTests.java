package io.drover.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.diagram.Diagrams;
import io.drover.diagram.Fault;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.Expression;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.commons.support.ReflectionSupport;

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

    @ParameterizedTest
    @ValueSource(strings = {"deploy", "start", "stop", "reboot", "status", "delete", "custom-action"})
    void theVariablesThatNoDiagramSetsAreThese(String verb) {
        var names = Stream.concat(
                        Arrays.stream(ProcessVariables.class.getDeclaredFields())
                                .filter(field -> field.getType() == String.class)
                                .map(field -> (String) ReflectionSupport.tryToReadFieldValue(field, null)
                                        .toOptional()
                                        .orElseThrow()),
                        Stream.of("droverNew", "mine"))
                .toList();
        assertThat(names).hasSizeGreaterThan(8);
        var process = "vm-" + verb;
        for (var name : names) {
            var refused = check(process, "${markVm}", "", "camunda:resultVariable='" + name + "'")
                    .contains("Drover's own");
            assertThat(refused).as(process + " " + name).isEqualTo(ProcessVariables.isOwn(process, name));
        }
    }

    private static String check(String bean, String fields) {
        return check("vm-stop", bean, fields, "");
    }

    private static String check(String process, String bean, String fields, String more) {
        var xml = """
                <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t"
                    xmlns:camunda="http://camunda.org/schema/1.0/bpmn">
                <process id="%s" isExecutable="true"><startEvent id="s"/>
                <serviceTask id="x" camunda:delegateExpression="%s" %s><extensionElements>%s</extensionElements></serviceTask>
                </process></definitions>
                """.formatted(process, bean, more, fields);
        return Diagrams.check(process + ".bpmn", xml.getBytes(StandardCharsets.UTF_8)).stream()
                .map(Fault::message)
                .collect(Collectors.joining("\n"));
    }
}
