package io.drover.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BpmnModelTests {

    private static final Path DIRECTORY = Path.of("bpmn");
    private static final String CAMUNDA = "http://camunda.org/schema/1.0/bpmn";

    static List<String> diagrams() throws IOException {
        try (var files = Files.list(DIRECTORY)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".bpmn"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void coverTheLifeOfAVm() throws IOException {
        assertThat(diagrams())
                .contains(
                        "vm-custom-action.bpmn",
                        "vm-delete.bpmn",
                        "vm-deploy.bpmn",
                        "vm-reboot.bpmn",
                        "vm-start.bpmn",
                        "vm-status.bpmn",
                        "vm-stop.bpmn");
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void keepTheHouseRules(String fileName) throws IOException {
        assertThat(violationsOf(fileName, read(fileName))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void showEveryServiceTaskAsAForm(String fileName) throws IOException {
        var templates = StreamSupport.stream(
                        new ObjectMapper()
                                .readTree(DIRECTORY
                                        .resolve("templates/drover.json")
                                        .toFile())
                                .spliterator(),
                        false)
                .map(template -> template.path("id").asText())
                .toList();
        var model = Bpmn.readModelFromFile(DIRECTORY.resolve(fileName).toFile());
        assertThat(model.getModelElementsByType(ServiceTask.class)).isNotEmpty().allSatisfy(task -> assertThat(
                        templates)
                .contains(task.getAttributeValueNs(CAMUNDA, "modelerTemplate")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    process id="vm-deploy"                        | process id="vm-other"                     | holds the process vm-other
                    isExecutable="true"                           | isExecutable="false"                      | is not executable
                    camunda:historyTimeToLive="P30D"              |                                           | no history time to live
                    ${chooseHost}                                 | ${chooseDisk}                             | does not name a known bean
                    camunda:delegateExpression="${chooseHost}"    | camunda:class="org.example.X"             | attribute class
                    <camunda:string>prepare</camunda:string>      | <camunda:string></camunda:string>         | names no verb
                    <camunda:string>error</camunda:string>        | <camunda:string>shrug</camunda:string>    | attempts are used up
                    name="Choose host"                            |                                           | Task_ChooseHost has no label
                    <bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${prepareWanted} | <bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${a.b()} | more than a variable
                    <bpmn:conditionExpression                     | <bpmn:conditionExpression language="js" camunda:scriptFormat="js" | attribute scriptFormat
                    id="Flow_PrepareWantedYes" name="Yes"         | id="Flow_PrepareWantedYes"                | Flow_PrepareWantedYes has no label
                    errorCode="no-host"                           | errorCode="no-hots"                       | an error nobody knows
                    targetRef="EndEvent_VmNotDeployed"            | targetRef="Gateway_CleanUpTried"          | a path that never ends
                    <bpmn:outgoing>Flow_MarkVmRunning</bpmn:outgoing> |                                       | leads nowhere
                    bpmnElement="Task_PrepareVm"                  | bpmnElement="Task_ApplyPatch"             | Task_PrepareVm is not drawn
                    bpmnElement="Flow_PrepareVm"                  | bpmnElement="Flow_ApplyPatch"             | Flow_PrepareVm is not drawn
                    <dc:Bounds x="620" y="120" width="100"        | <dc:Bounds x="700" y="120" width="100"    | Task_PrepareVm overlaps Task_ApplyPatch
                    <dc:Bounds x="620" y="120" width="100"        | <dc:Bounds x="20" y="120" width="100"     | outside of SubProcess_CreateVm
                    <di:waypoint x="565" y="160" />               | <di:waypoint x="565" y="170" />           | runs askew
                    """)
    void wouldNotKeepTheHouseRulesWith(String right, String wrong, String violation) throws IOException {
        var xml = read("vm-deploy.bpmn");
        assertThat(xml).contains(right);
        var spoilt = xml.replace(right, wrong == null ? "" : wrong);
        assertThat(violationsOf("vm-deploy.bpmn", spoilt)).anyMatch(found -> found.contains(violation));
    }

    private static List<String> violationsOf(String fileName, String xml) {
        var model = Bpmn.readModelFromStream(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
        var violations = new ArrayList<>(DiagramRules.violationsOf(fileName, model));
        violations.addAll(LayoutRules.violationsOf(model));
        return violations;
    }

    private static String read(String fileName) throws IOException {
        return Files.readString(DIRECTORY.resolve(fileName));
    }
}
