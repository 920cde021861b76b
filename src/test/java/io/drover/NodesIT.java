package io.drover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two servers on one PostgreSQL: what one leaves unfinished, the other brings to its end. */
@Tag("matrix")
class NodesIT {
    private static EmbeddedPostgres postgres;
    private static DroverServer one;
    private static DroverServer two;

    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedPostgres.start();
        one = server(DroverServer.newHome());
        two = server(one.homeOfAPeer());
    }

    @AfterAll
    static void stop() throws IOException {
        one.kill();
        two.kill();
        postgres.close();
    }

    @BeforeEach
    void bothAreUp() throws IOException {
        one = one.isRunning() ? one : server(one.home());
        two = two.isRunning() ? two : server(two.home());
        await().untilAsserted(() ->
                assertThat(states(two)).containsOnlyKeys(one.node(), two.node()).containsValues("UP"));
        await().until(() -> fenced(one) && fenced(two));
    }

    private static boolean fenced(DroverServer server) {
        return server.home().resolve("fence").toFile().exists();
    }

    private static DroverServer server(Path home) throws IOException {
        return DroverServer.start(home, postgres, "--drover.node.lease=9s", "--drover.node.return-within=60s");
    }

    @Test
    void aCreationThatALostNodeBeganIsCheckedCleanedUpAndRepeated() throws IOException {
        var site = one.inventory().site();
        var accepted =
                one.inventory().deploy(site, Map.of("latency_create", "20")).expecting(202);
        var vm = accepted.path("vm").asText();
        await().until(() -> site.calls(vm).contains("create"));

        one.kill();
        two.inventory().detail(vm, "latency_create", "0");

        var operation = two.admin().awaitEnd(accepted.path("id").asText());
        assertThat(operation.path("state").asText()).as(operation.toString()).isEqualTo("SUCCEEDED");
        assertThat(site.calls(vm)).containsExactly("prepare", "create", "status", "delete", "create");
        assertThat(site.effects(vm)).containsExactly("create");
        assertThat(purposes(two, vm)).containsExactly("TASK", "TASK", "CHECK", "CLEANUP", "TASK");
        assertThat(states(two)).containsEntry(one.node(), "DOWN");
    }

    @Test
    void aHangingNodeIsFencedAndDoesNoHarmWhenItGoesOn() throws IOException {
        var site = one.inventory().site();
        var vm = one.inventory().running(site);
        one.inventory().detail(vm, "latency_stop", "20");
        var accepted = one.inventory().begin("stop", vm).expecting(202);
        await().until(() -> site.calls(vm).contains("stop"));

        one.suspend();
        two.inventory().detail(vm, "latency_stop", "0");
        var operation = two.admin().awaitEnd(accepted.path("id").asText());
        one.resume();

        assertThat(operation.path("state").asText()).as(operation.toString()).isEqualTo("SUCCEEDED");
        assertThat(site.effects(vm)).containsExactly("create", "stop");
        assertThat(site.processes(vm)).noneMatch(Inventory::lives);
        await().until(() -> states(two).get(one.node()).equals("UP"));
        await().until(() -> one.home().resolve("runs").toFile().list().length == 0);
        assertThat(one.inventory().ask("start", vm).path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(site.calls(vm)).containsExactly("prepare", "create", "stop", "stop", "start");
    }

    @Test
    void anOperationCanBeCancelledThroughAnotherNode() throws IOException {
        var site = one.inventory().site();
        var vm = one.inventory().running(site);
        one.inventory().detail(vm, "latency_reboot", "60");
        var accepted = one.inventory().begin("reboot", vm).expecting(202);
        await().until(() -> site.calls(vm).contains("reboot"));

        two.admin()
                .post("/api/v1/operations/" + accepted.path("id").asText() + "/cancel")
                .expecting(200);

        var operation = two.admin().awaitEnd(accepted.path("id").asText());
        assertThat(operation.path("state").asText()).as(operation.toString()).isEqualTo("CANCELLED");
        assertThat(site.processes(vm)).noneMatch(Inventory::lives);
    }

    @Test
    void oneNodeTellsWhenAnOperationOfAnotherIsOver() throws IOException {
        var site = one.inventory().site();
        var vm = one.inventory().running(site);
        one.inventory().detail(vm, "latency_stop", "2");
        var stop = one.inventory().begin("stop", vm).expecting(202).path("id").asText();

        var told = two.admin().get("/api/v1/operations/" + stop + "?wait=30").expecting(200);

        assertThat(told.path("state").asText()).as(told.toString()).isEqualTo("SUCCEEDED");
    }

    @Test
    void aRollingRestartFailsNoOperation() throws IOException {
        var site = one.inventory().site();
        List<JsonNode> accepted = new ArrayList<>();
        for (var latency : List.of("0.1", "3", "40")) {
            accepted.add(one.inventory()
                    .deploy(site, Map.of("latency_create", latency))
                    .expecting(202));
            accepted.add(two.inventory()
                    .deploy(site, Map.of("latency_create", latency))
                    .expecting(202));
        }
        for (var operation : accepted) {
            await().until(() -> site.calls(operation.path("vm").asText()).contains("create"));
        }

        one.stop();
        accepted.add(two.inventory().deploy(site, Map.of()).expecting(202));
        one = server(one.home());
        two.stop();
        accepted.add(one.inventory().deploy(site, Map.of()).expecting(202));
        two = server(two.home());

        for (var operation : accepted) {
            var end = one.admin().awaitEnd(operation.path("id").asText());
            assertThat(end.path("state").asText()).as(end.toString()).isEqualTo("SUCCEEDED");
            var vm = operation.path("vm").asText();
            assertThat(site.calls(vm)).containsExactly("prepare", "create");
            assertThat(site.effects(vm)).containsExactly("create");
        }
    }

    private static Map<String, String> states(DroverServer server) {
        Map<String, String> states = new java.util.HashMap<>();
        server.admin()
                .get("/api/v1/nodes")
                .expecting(200)
                .path("items")
                .forEach(node -> states.put(
                        node.path("name").asText(), node.path("state").asText()));
        return states;
    }

    private static List<String> purposes(DroverServer server, String vm) {
        var actions =
                server.admin().get("/api/v1/actions?vm=" + vm).expecting(200).path("items");
        var purposes = new ArrayList<>(actions.findValuesAsText("purpose"));
        java.util.Collections.reverse(purposes);
        return purposes;
    }
}
