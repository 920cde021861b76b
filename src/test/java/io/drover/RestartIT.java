package io.drover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.Inventory.Site;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A server that goes down in the middle of an operation brings it to its end when it is back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestartIT {
    private static final int CLIENTS = 8;

    private final Path home = DroverServer.newHome();
    private DroverServer server = start();

    @AfterAll
    void stop() {
        server.kill();
    }

    @Test
    void aKilledServerPicksUpWhatWentOn() throws IOException {
        survives(DroverServer::kill);
    }

    @Test
    void aServerThatWasStoppedPicksUpWhatWentOn() throws IOException {
        survives(DroverServer::stop);
    }

    /** Programs begin and end all the time, until it takes no more requests. */
    @Test
    void aServerThatIsStoppedWhileMuchGoesOnSaysSoPlainly() throws Exception {
        var site = server.inventory().site();
        var begun = new ConcurrentLinkedQueue<JsonNode>();
        var clients = Executors.newFixedThreadPool(CLIENTS);
        for (int i = 0; i < CLIENTS; i++) {
            clients.submit(() -> {
                while (true) {
                    begun.add(begun(site, "0"));
                }
            });
        }
        await().atMost(1, TimeUnit.MINUTES).until(() -> begun.size() >= 40);

        server.stop();
        clients.shutdown();
        assertThat(clients.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        assertThat(server.log()).doesNotContain("\tat ", "Exception", " ERROR ");
        server = start();

        for (var accepted : begun) {
            succeedsOnce(site, accepted);
        }
    }

    /** One program ends while the server is away, the other one after it is back. */
    private void survives(Consumer<DroverServer> death) throws IOException {
        var site = server.inventory().site();
        var brief = begun(site, "0.3");
        var lasting = begun(site, "12");
        await().until(() -> site.calls(vm(brief)).contains("create")
                && site.calls(vm(lasting)).contains("create"));

        death.accept(server);
        server = start();

        for (var accepted : List.of(brief, lasting)) {
            succeedsOnce(site, accepted);
            assertThat(site.calls(vm(accepted))).containsExactly("prepare", "create");
            assertThat(server.admin().vm(vm(accepted)).path("state").asText()).isEqualTo("Running");
            stopsAndIsDeleted(site, vm(accepted));
        }
    }

    private JsonNode begun(Site site, String latency) {
        return server.inventory()
                .deploy(site, Map.of("latency_create", latency))
                .expecting(202);
    }

    private static String vm(JsonNode operation) {
        return operation.path("vm").asText();
    }

    private void succeedsOnce(Site site, JsonNode accepted) throws IOException {
        var operation = server.admin().awaitEnd(accepted.path("id").asText());
        assertThat(operation.path("state").asText()).as(operation.toString()).isEqualTo("SUCCEEDED");
        assertThat(site.effects(vm(accepted))).containsExactly("create");
    }

    private void stopsAndIsDeleted(Site site, String vm) throws IOException {
        assertThat(server.inventory().ask("delete", vm).path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(site.effects(vm)).containsExactly("create", "stop", "delete");
    }

    private DroverServer start() {
        try {
            return DroverServer.start(home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
