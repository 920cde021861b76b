package io.drover;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An operation that its diagram has brought to a halt tells why, and goes on in a mended one. */
@Tag("matrix")
class StuckOperationIT extends WholeApplication {
    private static final String STATE = "<camunda:string>Running</camunda:string>";
    private static final String BAD = "<camunda:expression>${wanted}</camunda:expression>";

    private Inventory.Site site;

    @BeforeEach
    void prepare() {
        site = inventory.site();
    }

    @AfterEach
    void restore() throws IOException {
        load(original());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Task_MarkVmRunning | <camunda:string>Running</camunda:string>  | There is no variable 'wanted'",
                "Task_DeployVm      | <camunda:string>R1/PT0S</camunda:string>  | There is no variable 'wanted'"
            })
    void aTaskMendedInTheNewestDiagramGoesOn(String task, String field, String why) throws IOException {
        load(withBadField(task, field));
        var operation = stuck();

        assertThat(operation.path("waitingFor").asText()).contains("after Deploy VM", why);
        load(original());
        admin.post("/api/v1/operations/" + operation.path("id").asText() + "/retry")
                .expecting(200);

        var ended = admin.awaitEnd(operation.path("id").asText());
        assertThat(ended.path("state").asText()).as(ended.toString()).isEqualTo("SUCCEEDED");
        assertThat(ended.path("steps").toString()).contains("Goes on in version");
        var vm = ended.path("vm").asText();
        assertThat(admin.vm(vm).path("state").asText()).isEqualTo("Running");
        assertThat(site.effects(vm)).containsExactly("create");
    }

    @Test
    void aDiagramWithoutTheTaskIsNotTaken() throws IOException {
        load(withBadField("Task_MarkVmRunning", STATE));
        var operation = stuck();
        load(original().replace("Task_DeployVm", "Task_DeployOther"));
        var wanted = Map.of("value", "Running", "type", "String");
        var path = "/engine-rest/process-instance/"
                + operation.path("processInstance").asText() + "/variables/wanted";
        assertThat(admin.put(path, wanted).status()).isEqualTo(204);

        admin.post("/api/v1/operations/" + operation.path("id").asText() + "/retry")
                .expecting(200);

        var ended = admin.awaitEnd(operation.path("id").asText());
        assertThat(ended.path("state").asText()).as(ended.toString()).isEqualTo("SUCCEEDED");
        assertThat(ended.path("steps").toString()).doesNotContain("Goes on in version");
    }

    @Test
    void oneThatIsCancelledLeavesTheVmAsItIs() throws IOException {
        load(withBadField("Task_MarkVmRunning", STATE));
        var operation = stuck();

        admin.post("/api/v1/operations/" + operation.path("id").asText() + "/cancel")
                .expecting(200);

        admin.awaitEnd(operation.path("id").asText());
        var vm = operation.path("vm").asText();
        assertThat(admin.vm(vm).path("state").asText()).isEqualTo("Running");
        assertThat(inventory.ask("delete", vm).path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(site.effects(vm)).containsSubsequence("create", "delete");
    }

    private JsonNode stuck() {
        var id = inventory.deploy(site, Map.of()).expecting(202).path("id").asText();
        return admin.awaitWaiting(id, "could not go on");
    }

    private static String withBadField(String task, String field) throws IOException {
        var diagram = original();
        int at = diagram.indexOf(field, diagram.indexOf("id=\"" + task + "\""));
        assertThat(at).isPositive();
        return diagram.substring(0, at) + BAD + diagram.substring(at + field.length());
    }

    private static String original() throws IOException {
        return Files.readString(Path.of("bpmn/vm-deploy.bpmn"));
    }

    private void load(String diagram) {
        var path = "/api/v1/processes/vm-deploy/diagram";
        var answer = admin.send("PUT", path, "application/xml", diagram.getBytes(StandardCharsets.UTF_8));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }
}
