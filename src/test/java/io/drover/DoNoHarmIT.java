package io.drover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Drover does not do to what is not its own, and the ways out of what has gone wrong. */
@Tag("matrix")
class DoNoHarmIT extends WholeApplication {
    private static final String START = "/api/v1/processes/vm-start/diagram";

    @AfterEach
    void restoreDiagram() throws IOException {
        load(Files.readString(Path.of("bpmn/vm-start.bpmn")));
    }

    @Test
    void namesBeginWithThePrefixOfTheInstallation() {
        var one = admin.vm(inventory.running(inventory.site()))
                .path("internalName")
                .asText();
        var other = admin.vm(inventory.running(inventory.site()))
                .path("internalName")
                .asText();

        assertThat(one).matches("[a-z][a-z0-9]{5}-\\d+-\\d+-VM").startsWith(other.substring(0, 7));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"status\":\"error\",\"error\":\"half\",\"leftovers\":true} | prepare: true",
                "{\"status\":\"error\",\"error\":\"half\"} | leftovers: true"
            })
    void whatARefusedCreationHasLeftIsStoppedAndDeleted(String answer, String manifest) throws IOException {
        var extension =
                inventory.extension(Inventory.simulator(), "prepare: true", manifest.replace("prepare: true", ""));
        var site = inventory.site(extension);

        var operation = admin.done(inventory.deploy(site, Map.of("answer_create", answer)));

        assertThat(operation.path("state").asText()).isEqualTo("FAILED");
        var vm = operation.path("vm").asText();
        assertThat(site.calls(vm)).containsExactly("prepare", "create", "stop", "delete");
        assertThat(admin.vm(vm).path("creation").asText()).isEqualTo("Never");
    }

    @Test
    void aVmThatWasNeverCreatedIsExpungedWithoutACall() throws IOException {
        var site = inventory.site();
        var details = Map.of("fault_create", "exit:3", "fault_stop", "exit:4", "fault_delete", "exit:5");
        var vm = admin.done(inventory.deploy(site, details)).path("vm").asText();
        assertThat(admin.vm(vm).path("verbs").toString()).isEqualTo("[\"deploy\",\"delete\"]");
        var before = site.calls(vm);

        assertThat(inventory.ask("delete", vm).path("state").asText()).isEqualTo("SUCCEEDED");

        assertThat(site.calls(vm)).isEqualTo(before);
        assertThat(admin.vm(vm).path("state").asText()).isEqualTo("Expunged");
    }

    @Test
    void theMessageNamesTheStepThatEndedTheDeletion() {
        var vm = inventory.running(inventory.site(), Map.of("fault_stop", "exit:4", "fault_delete", "exit:5"));

        var operation = inventory.ask("delete", vm);

        assertThat(operation.path("error").path("message").asText()).startsWith("Delete VM: ");
        assertThat(admin.vm(vm).path("state").asText()).isEqualTo("Running");
        assertThat(admin.vm(vm).path("powerState").asText()).isEqualTo("PowerOn");
    }

    @Test
    void aVmThatWasStoppedAndNotDeletedIsStopped() {
        var vm = inventory.running(inventory.site(), Map.of("fault_delete", "exit:5"));

        inventory.ask("delete", vm);

        assertThat(admin.vm(vm).path("state").asText()).isEqualTo("Stopped");
        assertThat(admin.vm(vm).path("powerState").asText()).isEqualTo("PowerOff");
    }

    @ParameterizedTest
    @ValueSource(strings = {"exit:5", "die-before", "hang"})
    void anAdminsForceEndsEveryDeletion(String fault) throws IOException {
        var extension = inventory.extension(Inventory.simulator(), "prepare: true", "timeouts: {delete: 1}");
        var site = inventory.site(extension);
        var vm = inventory.running(site, Map.of("fault_delete", fault));
        var name = admin.vm(vm).path("internalName").asText();

        var operation = admin.done(admin.delete("/api/v1/vms/" + vm + "?force=true"));

        assertThat(operation.path("state").asText()).as(operation.toString()).isEqualTo("SUCCEEDED");
        assertThat(admin.vm(vm).path("state").asText()).isEqualTo("Expunged");
        assertThat(site.calls(vm)).endsWith("stop", "delete");
        var left = history("vm.left-behind", vm).path("body");
        assertThat(left.path("internalName").asText()).isEqualTo(name);
        assertThat(left.path("host").asText()).isEqualTo(site.name());
        assertThat(left.path("details").path("simulator_id").asText()).isNotEmpty();
        assertThat(left.path("error").path("message").asText()).startsWith("Delete VM: ");
        assertThat(left.path("addresses").path(0).asText()).contains("192.168.7.");
        assertThat(left.path("extension").asText()).isEqualTo(extension);
        var told = "It may be left outside as " + name + " with the id " + vm + " on host '" + site.name() + "'";
        assertThat(operation.path("steps").findValuesAsText("note")).anyMatch(note -> note.startsWith(told));
        assertThat(admin.vm(vm).path("stateReason").asText()).startsWith(told);
    }

    @Test
    void forceGoesOnWhereNothingCanBeCalled() throws IOException {
        var extension = inventory.extension(Inventory.simulator(), "prepare: true");
        var vm = inventory.running(inventory.site(extension));
        admin.post("/api/v1/extensions/" + extension + "/disable").expecting(200);

        var operation = admin.done(admin.delete("/api/v1/vms/" + vm + "?force=true"));

        assertThat(operation.path("state").asText()).as(operation.toString()).isEqualTo("SUCCEEDED");
        assertThat(operation.path("steps").findValuesAsText("note")).anyMatch(note -> note.contains("is disabled"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ResourceAdmin", "DomainAdmin", "User"})
    void forceIsForAdmins(String role) {
        var vm = inventory.running(inventory.site());

        assertThat(caller(role, "/").delete("/api/v1/vms/" + vm + "?force=true").status())
                .isIn(403, 404);
        assertThat(admin.vm(vm).path("state").asText()).isEqualTo("Running");
    }

    @Test
    void aFailedDeploymentIsBoundToNoHostThatWasChosenForIt() {
        var site = inventory.site();
        var second = unique("h");
        admin.post(
                        "/api/v1/hosts",
                        Map.of(
                                "name",
                                second,
                                "cluster",
                                site.name(),
                                "details",
                                Map.of("state_dir", site.state() + "-2")))
                .expecting(201);
        var failed = admin.done(inventory.deploy(site, Map.of("fault_create", "exit:3")));
        var vm = failed.path("vm").asText();
        var first = failed.path("steps").findValuesAsText("note").get(0);
        assertThat(admin.vm(vm).has("host")).isFalse();
        assertThat(admin.vm(vm).path("cluster").path("name").asText()).isEqualTo(site.name());

        var again = inventory.ask("deploy", vm);

        assertThat(again.path("steps").findValuesAsText("note").get(0))
                .isNotEqualTo(first)
                .startsWith("Host ");
        var other = first.contains(second) ? site.name() : second;
        admin.patch("/api/v1/hosts/" + other, Map.of("state", "Disabled")).expecting(200);
        inventory.removeDetail(vm, "fault_create");
        assertThat(inventory.ask("deploy", vm).path("state").asText()).isEqualTo("SUCCEEDED");
    }

    @Test
    void aGuestThatIsNeitherOnNorOffIsNotedAndCanBeStarted() {
        var vm = inventory.running(inventory.site());
        assertThat(inventory.begin("start", vm).expecting(409).path("type").asText())
                .endsWith("/wrong-vm-state");
        var answer = "{\"status\":\"success\",\"power_state\":\"paused\",\"message\":\"io-error\"}";
        inventory.detail(vm, "answer_status", answer);

        var operation = inventory.ask("status", vm).path("id").asText();

        assertThat(admin.vm(vm).path("state").asText()).isEqualTo("Running");
        assertThat(admin.vm(vm).path("powerState").asText()).isEqualTo("PowerUnknown");
        assertThat(admin.vm(vm).path("stateReason").asText()).isEqualTo("Its power is 'paused': io-error");
        assertThat(admin.action(operation, "status").path("notes").asText()).contains("paused", "io-error");
        assertThat(admin.vm(vm).path("verbs").toString()).contains("\"start\"");
        assertThat(inventory.ask("start", vm).path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(admin.vm(vm).has("stateReason")).isFalse();
    }

    @Test
    void aDiagramCannotClaimWhatNobodyHasSeen() throws IOException {
        var vm = inventory.running(inventory.site());
        inventory.ask("stop", vm);
        var original = Files.readString(Path.of("bpmn/vm-start.bpmn"));
        load(original.replace("<camunda:string>start</camunda:string>", "<camunda:string>status</camunda:string>"));

        var operation = inventory.ask("start", vm);

        assertThat(operation.path("state").asText()).as(operation.toString()).isEqualTo("FAILED");
        assertThat(operation.path("error").path("code").asText()).isEqualTo("not-seen");
        assertThat(operation.path("steps").findValuesAsText("note")).anyMatch(note -> note.contains("Running"));
        assertThat(admin.vm(vm).path("state").asText()).isEqualTo("Stopped");
    }

    @Test
    void aCancelledCreationIsDeletedWhenItsVmIs() throws IOException {
        var site = inventory.site();
        var operation = inventory.deploy(site, Map.of("fault_create", "hang")).expecting(202);
        var vm = operation.path("vm").asText();
        await().until(() -> site.calls(vm).contains("create"));
        admin.post("/api/v1/operations/" + operation.path("id").asText() + "/cancel")
                .expecting(200);
        admin.awaitEnd(operation.path("id").asText());
        assertThat(admin.vm(vm).path("creation").asText()).isEqualTo("Unclear");

        assertThat(inventory.ask("delete", vm).path("state").asText()).isEqualTo("SUCCEEDED");

        assertThat(site.calls(vm)).isEqualTo(List.of("prepare", "create", "stop", "delete"));
    }

    @Test
    void aRefusedDeletionOfWhatIsNotThereAfterAFailedCreationIsOne() throws IOException {
        var site = inventory.site();
        var details = Map.of("fault_create", "hang", "fault_delete", "exit:5");
        var operation = inventory.deploy(site, details).expecting(202);
        var vm = operation.path("vm").asText();
        await().until(() -> site.calls(vm).contains("create"));
        admin.post("/api/v1/operations/" + operation.path("id").asText() + "/cancel")
                .expecting(200);
        admin.awaitEnd(operation.path("id").asText());

        assertThat(inventory.ask("delete", vm).path("state").asText()).isEqualTo("SUCCEEDED");

        assertThat(site.calls(vm)).isEqualTo(List.of("prepare", "create", "stop", "delete", "status"));
    }

    private JsonNode history(String kind, String vm) {
        var items = admin.get("/api/v1/history?kind=" + kind + "&subject=" + vm)
                .expecting(200)
                .path("items");
        return StreamSupport.stream(items.spliterator(), false).findFirst().orElseThrow();
    }

    private void load(String diagram) {
        admin.send("PUT", START, "application/xml", diagram.getBytes(StandardCharsets.UTF_8))
                .expecting(200);
    }
}
