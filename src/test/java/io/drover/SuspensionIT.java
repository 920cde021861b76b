package io.drover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A process can be suspended and activated again whatever its program does meanwhile. */
@Tag("matrix")
class SuspensionIT extends WholeApplication {

    /** What is suspended. */
    enum What {
        INSTANCE,
        DEFINITION,
        INSTANCES_BY_KEY;

        void set(DroverClient admin, JsonNode operation, boolean suspended) {
            var answer =
                    switch (this) {
                        case INSTANCE ->
                            EngineDoor.REST.put(
                                    admin,
                                    "/process-instance/"
                                            + operation.path("processInstance").asText() + "/suspended",
                                    Map.of("suspended", suspended));
                        case DEFINITION ->
                            EngineDoor.WEB.put(
                                    admin,
                                    "/process-definition/suspended",
                                    Map.of(
                                            "processDefinitionKey",
                                            "vm-" + operation.path("verb").asText(),
                                            "suspended",
                                            suspended,
                                            "includeProcessInstances",
                                            true));
                        case INSTANCES_BY_KEY ->
                            EngineDoor.REST.put(
                                    admin,
                                    "/process-instance/suspended",
                                    Map.of(
                                            "processDefinitionKey",
                                            "vm-" + operation.path("verb").asText(),
                                            "suspended",
                                            suspended));
                    };
            assertThat(answer.status()).as(answer.text()).isEqualTo(204);
        }
    }

    @AfterEach
    void activate() {
        for (var key : new String[] {"vm-stop", "vm-reboot"}) {
            var body = Map.of("processDefinitionKey", key, "suspended", false, "includeProcessInstances", true);
            EngineDoor.REST.put(admin, "/process-definition/suspended", body);
        }
    }

    @ParameterizedTest
    @EnumSource(What.class)
    void theAnswerIsKeptUntilTheProcessIsActive(What what) throws IOException {
        var site = inventory.site();
        var vm = inventory.running(site);
        var operation = stopping(site, vm, "4");
        var id = operation.path("id").asText();

        what.set(admin, operation, true);

        admin.awaitWaiting(id, "suspended");
        assertThat(admin.action(id, "stop").path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(admin.vm(vm).path("state").asText()).isEqualTo("Stopping");
        assertThat(admin.get("/engine-rest/incident?processInstanceId="
                                + operation.path("processInstance").asText())
                        .expecting(200))
                .isEmpty();
        Problems.check(admin.post("/api/v1/operations/" + id + "/retry"), 409);

        what.set(admin, operation, false);

        var ended = admin.awaitEnd(id);
        assertThat(ended.path("state").asText()).as(ended.toString()).isEqualTo("SUCCEEDED");
        assertThat(admin.vm(vm).path("state").asText()).isEqualTo("Stopped");
        assertThat(site.effects(vm)).containsExactly("create", "stop");
    }

    @ParameterizedTest
    @CsvSource({"exit:3, FAILED, Running, 1", "once:die-before, SUCCEEDED, Stopped, 2"})
    void aRefusalAndTroubleAreKeptAlike(String fault, String state, String vmState, int attempts) throws IOException {
        var site = inventory.site();
        var vm = inventory.running(site);
        inventory.detail(vm, "fault_stop", fault);
        var operation = stopping(site, vm, "4");
        var id = operation.path("id").asText();

        What.INSTANCE.set(admin, operation, true);
        admin.awaitWaiting(id, "suspended");
        What.INSTANCE.set(admin, operation, false);

        var ended = admin.awaitEnd(id);
        assertThat(ended.path("state").asText()).as(ended.toString()).isEqualTo(state);
        assertThat(admin.vm(vm).path("state").asText()).isEqualTo(vmState);
        assertThat(admin.actions(id)).hasSize(attempts);
    }

    @ParameterizedTest
    @EnumSource(What.class)
    void aSuspendedOperationCanBeCancelled(What what) throws IOException {
        var site = inventory.site();
        var vm = inventory.running(site);
        var operation = stopping(site, vm, "4");
        var id = operation.path("id").asText();
        what.set(admin, operation, true);
        admin.awaitWaiting(id, "suspended");

        admin.post("/api/v1/operations/" + id + "/cancel").expecting(200);

        assertThat(admin.awaitEnd(id).path("state").asText()).isEqualTo("CANCELLED");
        what.set(admin, operation, false);
        assertThat(inventory.ask("delete", vm).path("state").asText()).isEqualTo("SUCCEEDED");
    }

    private JsonNode stopping(Inventory.Site site, String vm, String seconds) throws IOException {
        inventory.detail(vm, "latency_stop", seconds);
        var operation = inventory.begin("stop", vm).expecting(202);
        await().until(() -> site.calls(vm).contains("stop"));
        return operation;
    }
}
