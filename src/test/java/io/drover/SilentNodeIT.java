package io.drover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A node that died alone was not fenced: its programs go on, so nobody takes its work over unasked. */
@Tag("matrix")
class SilentNodeIT {
    private EmbeddedPostgres postgres;
    private DroverServer one;
    private DroverServer two;

    @BeforeEach
    void start() throws IOException {
        postgres = EmbeddedPostgres.start();
        one = server(DroverServer.newHome());
    }

    @AfterEach
    void stop() throws IOException {
        two.kill();
        postgres.close();
    }

    @Test
    void whatANodeThatWasAloneRanGoesOnUntilItIsSaidToBeGone() throws IOException {
        var site = one.inventory().site();
        var accepted =
                one.inventory().deploy(site, Map.of("latency_create", "600")).expecting(202);
        var vm = accepted.path("vm").asText();
        await().until(() -> site.calls(vm).contains("create"));

        one.kill();
        two = server(one.homeOfAPeer());
        await().until(() -> state(one.node()).equals("SILENT"));
        assertThat(site.processes(vm)).anyMatch(Inventory::lives);
        var program = site.processes(vm);
        program.stream().flatMap(pid -> ProcessHandle.of(pid).stream()).forEach(ProcessHandle::destroyForcibly);
        two.inventory().detail(vm, "latency_create", "0");
        two.admin().post("/api/v1/nodes/" + one.node() + "/gone").expecting(200);

        var operation = two.admin().awaitEnd(accepted.path("id").asText());
        assertThat(operation.path("state").asText()).as(operation.toString()).isEqualTo("SUCCEEDED");
        assertThat(site.effects(vm)).containsExactly("create");
    }

    private DroverServer server(Path home) throws IOException {
        return DroverServer.start(home, postgres, "--drover.node.lease=9s", "--drover.node.return-within=60s");
    }

    private String state(String node) {
        var items = two.admin().get("/api/v1/nodes").expecting(200).path("items");
        return StreamSupport.stream(items.spliterator(), false)
                .filter(item -> item.path("name").asText().equals(node))
                .map(item -> item.path("state").asText())
                .findFirst()
                .orElseThrow();
    }
}
