package io.drover.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** First starts, which find nothing and create everything. */
@Tag("matrix")
class FirstStartIT {
    private static final int TRIES = Integer.getInteger("drover.crash.first-starts", 1);

    /** So many lines at least are in the log before a first start is ready. */
    private static final int LINES_OF_A_START = 40;

    @Test
    void aFirstStartThatIsKilledIsMadeUpForByTheNext() throws IOException, InterruptedException {
        var random = new Random(Long.getLong("drover.crash.seed", System.nanoTime()));
        for (int number = 1; number <= TRIES; number++) {
            var node = Plan.oneNode(1).nodes().get(0);
            try {
                node.start();
                int lines = random.nextInt(LINES_OF_A_START);
                awaitLog(node, lines);
                TimeUnit.MILLISECONDS.sleep(random.nextInt(300));
                node.kill();
                Findings.say("First start " + number + " killed at line " + lines + " of " + node.log());
                node.start();
                node.awaitReady();
                assertComplete(List.of(node));
            } finally {
                node.end();
            }
        }
    }

    /** The log shows how far a start is, however busy the machine. */
    private static void awaitLog(Node node, int lines) throws IOException, InterruptedException {
        while (Files.readAllLines(node.log()).size() < lines) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    @Test
    void twoServersThatFindAnEmptyDatabaseAtOnceShareIt() throws IOException, InterruptedException {
        for (int number = 1; number <= TRIES; number++) {
            try (var postgres = EmbeddedPostgres.start()) {
                var nodes = Plan.twoNodes(1, postgres).nodes();
                try {
                    startAtOnce(nodes);
                    assertComplete(nodes);
                } finally {
                    nodes.forEach(Node::end);
                }
            }
        }
    }

    private static void startAtOnce(List<Node> nodes) throws IOException, InterruptedException {
        for (var node : nodes) {
            node.start();
        }
        for (var node : nodes) {
            node.awaitReady();
        }
    }

    /** Everything that a first start creates is there, once, and each server works. */
    private static void assertComplete(List<Node> nodes) throws IOException, InterruptedException {
        var knowing = nodes.stream()
                .filter(node -> Files.exists(node.home().resolve("initial-admin-password")))
                .toList();
        assertThat(knowing).as("servers with the first password").hasSize(1);
        for (var node : nodes) {
            var api = new Api(List.of(node.address()), knowing.get(0).password(), new Findings());
            assertThat(names(api, "accounts")).containsExactly("admin");
            assertThat(names(api, "clusters")).containsExactly("demo");
            assertThat(names(api, "networks")).containsExactly("demo");
            assertThat(names(api, "extensions")).containsOnlyOnce("Simulator");
            assertThat(api.get("/api/v1/processes").body().path("items"))
                    .hasSizeGreaterThan(5)
                    .allMatch(process -> process.path("version").asInt() == 1);
            assertThat(deployed(api).path("state").asText()).isEqualTo("SUCCEEDED");
        }
    }

    private static List<String> names(Api api, String list) throws InterruptedException {
        return api.all("/api/v1/" + list).stream()
                .map(item -> item.path("name").asText())
                .toList();
    }

    private static JsonNode deployed(Api api) throws InterruptedException {
        var vm = Map.of(
                "name",
                "vm-" + System.nanoTime(),
                "template",
                "tiny",
                "serviceOffering",
                "small",
                "networks",
                List.of("demo"));
        var operation = api.ask("POST", "/api/v1/vms", vm, null);
        assertThat(operation.status()).as(operation.toString()).isEqualTo(202);
        for (int look = 0; look < 300; look++) {
            var now = api.get("/api/v1/operations/" + operation.text("id"));
            if (List.of("SUCCEEDED", "FAILED").contains(now.text("state"))) {
                return now.body();
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return operation.body();
    }
}
