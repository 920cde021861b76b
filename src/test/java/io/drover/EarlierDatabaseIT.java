package io.drover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A home whose database an earlier H2 wrote is gone on with, whether the server before was stopped or killed. */
@Tag("matrix")
class EarlierDatabaseIT {
    private static final Path EARLIER = Path.of("target/earlier/h2.jar").toAbsolutePath();

    private final Path home = DroverServer.newHome();
    private DroverServer server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.kill();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void isGoneOnWith(boolean killed) throws IOException {
        assumeThat(EARLIER).as("what Maven copies before integration tests").exists();
        server = DroverServer.startWith(EARLIER, home);
        var site = server.inventory().site();
        var vm = server.inventory().running(site);
        var begun =
                server.inventory().deploy(site, Map.of("latency_create", "8")).expecting(202);
        await().until(() -> site.calls(begun.path("vm").asText()).contains("create"));
        if (killed) {
            server.kill();
        } else {
            server.stop();
        }
        assertThat(server.log()).contains("(H2 2.3)").doesNotContain("(H2 2.4)", "Flyway upgrade");

        server = DroverServer.start(home);

        assertThat(server.log()).contains("(H2 2.4)").doesNotContain("Flyway upgrade");
        var operation = server.admin().awaitEnd(begun.path("id").asText());
        assertThat(operation.path("state").asText()).as(operation.toString()).isEqualTo("SUCCEEDED");
        assertThat(site.effects(begun.path("vm").asText())).containsExactly("create");
        assertThat(server.inventory().ask("delete", vm).path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(server.admin()
                        .get("/api/v1/operations?vm=" + vm)
                        .expecting(200)
                        .path("items")
                        .findValuesAsText("verb"))
                .containsExactly("delete", "deploy");
    }
}
