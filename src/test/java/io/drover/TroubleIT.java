package io.drover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Verbs on VMs that exist and fail: a refusal restores a named state, trouble waits for a person. */
@Tag("matrix")
class TroubleIT extends WholeApplication {

    @ParameterizedTest
    @CsvSource({
        "stop,   false, Running",
        "reboot, false, Running",
        "start,  true,  Stopped",
        "delete, true,  Stopped",
        "delete, false, Stopped",
        "status, false, Running"
    })
    void aRefusalLeavesTheVmInANamedState(String verb, boolean stopped, String state) throws IOException {
        var site = inventory.site();
        var vm = inventory.running(site);
        if (stopped) {
            inventory.ask("stop", vm);
        }
        inventory.detail(vm, "fault_" + verb, "exit:3");

        var operation = inventory.ask(verb, vm);

        assertThat(operation.path("state").asText()).as(operation.toString()).isEqualTo("FAILED");
        assertThat(operation.path("error").path("code").asText()).isEqualTo("exit-code");
        assertThat(admin.vm(vm).path("state").asText()).isEqualTo(state);
        inventory.removeDetail(vm, "fault_" + verb);
        assertThat(inventory.ask("delete", vm).path("state").asText()).isEqualTo("SUCCEEDED");
    }

    @Test
    void troubleWaitsForARepairAndARetry() throws IOException {
        var site = inventory.site();
        var vm = inventory.running(site);
        inventory.detail(vm, "fault_stop", "die-before");
        var operation = inventory.begin("stop", vm).expecting(202).path("id").asText();

        var waiting = admin.awaitWaiting(operation, "Attempt 2 of 2");
        assertThat(waiting.path("waitingFor").asText()).contains("signal 9");
        admin.post("/api/v1/operations/" + operation + "/retry").expecting(200);
        var incident = admin.awaitWaiting(operation, "Incident");
        assertThat(incident.path("waitingFor").asText()).contains("Stop VM: ", "signal 9");
        assertThat(admin.vm(vm).path("state").asText()).isEqualTo("Stopping");
        inventory.removeDetail(vm, "fault_stop");
        admin.post("/api/v1/operations/" + operation + "/retry").expecting(200);

        var ended = admin.awaitEnd(operation);
        assertThat(ended.path("state").asText()).as(ended.toString()).isEqualTo("SUCCEEDED");
        assertThat(ended.has("error")).isFalse();
        assertThat(admin.vm(vm).path("state").asText()).isEqualTo("Stopped");
        assertThat(admin.actions(operation).stream()
                        .map(action -> action.path("attempt").asInt()))
                .containsExactly(1, 2, 3);
        assertThat(site.effects(vm)).containsExactly("create", "stop");
    }

    @Test
    void aProgramThatIsNotExecutableAnyMoreIsReportedAndNotCalled() throws IOException {
        var extension = inventory.extension(Inventory.simulator(), "prepare: true");
        var site = inventory.site(extension);
        var vm = inventory.running(site);
        Files.setPosixFilePermissions(inventory.entry(extension), PosixFilePermissions.fromString("rw-r--r--"));

        var operation = incident("reboot", vm);

        assertThat(admin.operation(operation).path("waitingFor").asText()).contains("entry.sh is not executable");
        Files.setPosixFilePermissions(inventory.entry(extension), PosixFilePermissions.fromString("rwxr-xr-x"));
        admin.post("/api/v1/operations/" + operation + "/retry").expecting(200);
        assertThat(admin.awaitEnd(operation).path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(site.effects(vm)).containsExactly("create", "reboot");
    }

    @Test
    void cancellingAnIncidentLeavesTheVmInError() {
        var vm = inventory.running(inventory.site());
        inventory.detail(vm, "fault_stop", "die-before");
        var operation = incident("stop", vm);

        admin.post("/api/v1/operations/" + operation + "/cancel").expecting(200);

        var ended = admin.awaitEnd(operation);
        assertThat(ended.path("state").asText()).isEqualTo("CANCELLED");
        assertThat(admin.vm(vm).path("state").asText()).isEqualTo("Error");
        assertThat(admin.vm(vm).path("stateReason").asText()).isNotEmpty();
        inventory.removeDetail(vm, "fault_stop");
        assertThat(inventory.ask("stop", vm).path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(admin.vm(vm).has("stateReason")).isFalse();
    }

    @Test
    void cancellingEndsTheProgramThatRuns() throws IOException {
        var site = inventory.site();
        var vm = inventory.running(site);
        inventory.detail(vm, "fault_stop", "hang-children");
        var operation = inventory.begin("stop", vm).expecting(202).path("id").asText();
        await().until(() -> site.processes(vm).size() >= 6);

        admin.post("/api/v1/operations/" + operation + "/cancel").expecting(200);

        var ended = admin.awaitEnd(operation);
        assertThat(ended.path("state").asText()).isEqualTo("CANCELLED");
        assertThat(ended.path("error").path("message").asText()).contains("Cancelled by admin");
        assertThat(admin.vm(vm).path("state").asText()).isEqualTo("Error");
        assertThat(site.processes(vm)).noneMatch(Inventory::lives);
        assertThat(admin.action(operation, "stop").path("state").asText()).isEqualTo("CANCELLED");
    }

    @Test
    void anOperationThatHasEndedCanBeNeitherRetriedNorCancelled() {
        var operation = admin.done(inventory.deploy(inventory.site(), Map.of()))
                .path("id")
                .asText();

        assertThat(admin.post("/api/v1/operations/" + operation + "/retry")
                        .expecting(409)
                        .path("type")
                        .asText())
                .isEqualTo("/problems/nothing-to-retry");
        assertThat(admin.post("/api/v1/operations/" + operation + "/cancel")
                        .expecting(409)
                        .path("type")
                        .asText())
                .isEqualTo("/problems/operation-ended");
    }

    private String incident(String verb, String vm) {
        var operation = inventory.begin(verb, vm).expecting(202).path("id").asText();
        admin.awaitWaiting(operation, "Attempt 2 of 2");
        admin.post("/api/v1/operations/" + operation + "/retry").expecting(200);
        admin.awaitWaiting(operation, "Incident");
        return operation;
    }
}
