package io.drover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.DroverClient.Answer;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is done through the engine's own REST passes the same checks and leaves the same records. */
class EngineDoorIT extends WholeApplication {

    @Test
    void aProcessStartedThereIsAnOperationLikeAnyOther() throws IOException {
        var site = inventory.site();
        var vm = inventory.running(site);

        var started = start("vm-stop", vm);

        assertThat(started.status()).as(started.text()).isEqualTo(200);
        var operation = admin.awaitEnd(started.json().path("businessKey").asText());
        assertThat(operation.path("state").asText()).as(operation.toString()).isEqualTo("SUCCEEDED");
        assertThat(operation.path("verb").asText()).isEqualTo("stop");
        assertThat(operation.path("requestedBy").asText()).isEqualTo("admin");
        assertThat(operation.path("processInstance")).isEqualTo(started.json().path("id"));
        assertThat(admin.vm(vm).path("state").asText()).isEqualTo("Stopped");
        var action = admin.action(operation.path("id").asText(), "stop");
        assertThat(action.path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(action.path("requestedBy").asText()).isEqualTo("admin");
        assertThat(site.effects(vm)).containsExactly("create", "stop");
    }

    @Test
    void theSameRequestsAreRefusedThere() {
        var vm = inventory.running(inventory.site());

        refused(start("vm-start", vm), "is Running");
        refused(start("vm-stop", "no-such-vm"), "no-such-vm");
        refused(admin.post("/engine-rest/process-definition/key/vm-stop/start", "{}"), "vm");
        inventory.detail(vm, "latency_stop", "2");
        var stopping = inventory.begin("stop", vm).expecting(202).path("id").asText();
        refused(start("vm-reboot", vm), "busy");
        assertThat(admin.awaitEnd(stopping).path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(operations(vm)).isEqualTo(2);
    }

    @Test
    void aBusinessKeyOfAnotherOperationIsNotTakenOver() {
        var vm = inventory.running(inventory.site());
        var earlier = admin.get("/api/v1/operations?vm=" + vm)
                .expecting(200)
                .path("items")
                .path(0)
                .path("id")
                .asText();
        var body = "{\"businessKey\":\"%s\",\"variables\":{\"vm\":{\"value\":\"%s\",\"type\":\"String\"}}}";

        var started = admin.post("/engine-rest/process-definition/key/vm-stop/start", body.formatted(earlier, vm))
                .expecting(200);

        assertThat(started.path("businessKey").asText()).isNotEqualTo(earlier);
        admin.awaitEnd(started.path("businessKey").asText());
        assertThat(operations(vm)).isEqualTo(2);
    }

    @Test
    void deletingAProcessInstanceCancelsItsOperation() throws IOException {
        var site = inventory.site();
        var vm = inventory.running(site);
        inventory.detail(vm, "latency_stop", "60");
        var operation = inventory.begin("stop", vm).expecting(202);
        var id = operation.path("id").asText();
        admin.awaitState(id, "RUNNING");

        var deleted = admin.delete("/engine-rest/process-instance/"
                + operation.path("processInstance").asText());

        assertThat(deleted.status()).as(deleted.text()).isEqualTo(204);
        assertThat(admin.awaitEnd(id).path("state").asText()).isEqualTo("CANCELLED");
        assertThat(admin.vm(vm).path("state").asText()).isEqualTo("Error");
        await().untilAsserted(() -> assertThat(site.processes(vm)).noneMatch(Inventory::lives));
        inventory.removeDetail(vm, "latency_stop");
        assertThat(inventory.ask("delete", vm).path("state").asText()).isEqualTo("SUCCEEDED");
    }

    @Test
    void resolvingAnIncidentThereMakesAnotherAttempt() {
        var vm = inventory.running(inventory.site());
        inventory.detail(vm, "fault_stop", "die-before");
        var operation = inventory.begin("stop", vm).expecting(202);
        var id = operation.path("id").asText();
        admin.awaitWaiting(id, "Attempt 2 of 2");
        admin.post("/api/v1/operations/" + id + "/retry").expecting(200);
        admin.awaitWaiting(id, "Incident");
        var process = operation.path("processInstance").asText();
        var incident = admin.get("/engine-rest/incident?processInstanceId=" + process)
                .expecting(200)
                .path(0);
        assertThat(incident.path("incidentMessage").asText()).contains("signal 9");
        inventory.removeDetail(vm, "fault_stop");

        var answer = admin.put(
                "/engine-rest/job/" + incident.path("configuration").asText() + "/retries", "{\"retries\":1}");

        assertThat(answer.status()).as(answer.text()).isEqualTo(204);
        assertThat(admin.awaitEnd(id).path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(admin.actions(id)).hasSize(3);
    }

    @Test
    void aTaskThatWaitsForItsProgramCannotBeSignalledByHand() {
        var vm = inventory.running(inventory.site());
        inventory.detail(vm, "latency_stop", "2");
        var operation = inventory.begin("stop", vm).expecting(202);
        var id = operation.path("id").asText();
        admin.awaitState(id, "RUNNING");

        var execution = operation.path("processInstance").asText();
        var answer = admin.post("/engine-rest/execution/" + execution + "/signal", "{}");

        assertThat(answer.status()).as(answer.text()).isIn(400, 500);
        assertThat(admin.awaitEnd(id).path("state").asText()).isEqualTo("SUCCEEDED");
    }

    @Test
    void whatIsChangedThereIsOnTheLedger() {
        var vm = inventory.running(inventory.site());
        start("vm-stop", vm).expecting(200);

        assertThat(admin.get("/api/v1/history?limit=20").expecting(200).toString())
                .contains("engine.requested", "/engine-rest/process-definition/key/vm-stop/start");
    }

    private Answer start(String process, String vm) {
        var variables = Map.of("variables", Map.of("vm", Map.of("value", vm, "type", "String")));
        return admin.post("/engine-rest/process-definition/key/" + process + "/start", variables);
    }

    private int operations(String vm) {
        JsonNode items = admin.get("/api/v1/operations?vm=" + vm).expecting(200).path("items");
        return items.size();
    }

    private static void refused(Answer answer, String why) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().path("message").asText()).contains(why);
    }
}
