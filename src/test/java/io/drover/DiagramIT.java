package io.drover;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.DroverClient.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Diagrams can be edited and loaded while the server runs. */
@Tag("matrix")
class DiagramIT extends WholeApplication {
    private static final String DIAGRAM = "/api/v1/processes/vm-deploy/diagram";

    @AfterEach
    void restore() throws IOException {
        load(original()).expecting(200);
    }

    @Test
    void anApprovalBeforeTheDeploymentHoldsItUpUntilItIsGiven() throws IOException {
        load(withApproval(original())).expecting(200);
        var site = inventory.site();
        var accepted = inventory.deploy(site, Map.of()).expecting(202);
        var id = accepted.path("id").asText();
        var vm = accepted.path("vm").asText();

        admin.awaitWaiting(id, "Approve deployment");
        assertThat(site.calls(vm)).containsExactly("prepare");
        var process = accepted.path("processInstance").asText();
        var task = admin.get("/engine-rest/task?processInstanceId=" + process)
                .expecting(200)
                .path(0);
        assertThat(task.path("name").asText()).isEqualTo("Approve deployment");
        admin.post("/engine-rest/task/" + task.path("id").asText() + "/complete", "{}")
                .expecting(204);

        var operation = admin.awaitEnd(id);
        assertThat(operation.path("state").asText()).as(operation.toString()).isEqualTo("SUCCEEDED");
        assertThat(operation.path("steps").findValuesAsText("name"))
                .containsSubsequence("Prepare VM", "Approve deployment", "Deploy VM");
        assertThat(operation.path("steps").toString()).contains("Answered by admin");
        assertThat(site.effects(vm)).containsExactly("create");
    }

    @Test
    void whatHasBegunGoesOnThroughItsOldDiagram() throws IOException {
        load(withApproval(original())).expecting(200);
        var accepted = inventory.deploy(inventory.site(), Map.of()).expecting(202);
        admin.awaitWaiting(accepted.path("id").asText(), "Approve deployment");
        load(original()).expecting(200);

        inventory.running(inventory.site());

        admin.post("/api/v1/operations/" + accepted.path("id").asText() + "/cancel")
                .expecting(200);
        var operation = admin.awaitEnd(accepted.path("id").asText());
        assertThat(operation.path("state").asText()).isEqualTo("CANCELLED");
        assertThat(admin.vm(operation.path("vm").asText()).path("state").asText())
                .isEqualTo("Allocated");
    }

    @Test
    void aBrokenDiagramIsRefusedAndTheOldOneStays() throws IOException {
        var before = admin.get("/api/v1/processes").text();

        refused("<definitions", "line 1");
        refused(original().replace("targetRef=\"Gateway_PrepareWanted\"", "targetRef=\"Nowhere\""), "line ");
        refused(original().replace("id=\"vm-deploy\"", "id=\"vm-other\""), "vm-other");
        refused(
                original()
                        .replace(
                                "<bpmn:serviceTask id=\"Task_MarkVmRunning\"",
                                "<bpmn:scriptTask id=\"Task_MarkVmRunning\"")
                        .replaceFirst(
                                "(?s)(Flow_MarkVmRunning</bpmn:outgoing>\\s*)</bpmn:serviceTask>",
                                "$1</bpmn:scriptTask>"),
                "scriptTask");

        assertThat(admin.get("/api/v1/processes").text()).isEqualTo(before);
        assertThat(admin.get(DIAGRAM).text()).isEqualTo(original());
        inventory.running(inventory.site());
    }

    private void refused(String diagram, String why) {
        var problem = Problems.check(load(diagram), 400);
        assertThat(problem.path("detail").asText()).containsIgnoringCase(why);
    }

    private Answer load(String diagram) {
        return admin.send("PUT", DIAGRAM, "application/xml", diagram.getBytes(StandardCharsets.UTF_8));
    }

    private static String original() throws IOException {
        return Files.readString(Path.of("bpmn/vm-deploy.bpmn"));
    }

    private static String withApproval(String diagram) {
        return diagram.replace(
                        "sourceRef=\"Gateway_PrepareDone\" targetRef=\"Task_DeployVm\"",
                        "sourceRef=\"Gateway_PrepareDone\" targetRef=\"Task_Approve\"")
                .replace("<bpmn:serviceTask id=\"Task_DeployVm\"", """
                        <bpmn:userTask id="Task_Approve" name="Approve deployment">
                          <bpmn:incoming>Flow_PrepareDone</bpmn:incoming>
                          <bpmn:outgoing>Flow_Approved</bpmn:outgoing>
                        </bpmn:userTask>
                        <bpmn:sequenceFlow id="Flow_Approved" sourceRef="Task_Approve" targetRef="Task_DeployVm" />
                        <bpmn:serviceTask id="Task_DeployVm\"""")
                .replaceFirst(
                        "(id=\"Task_DeployVm\"(?s:.*?))<bpmn:incoming>Flow_PrepareDone<",
                        "$1<bpmn:incoming>Flow_Approved<");
    }
}
