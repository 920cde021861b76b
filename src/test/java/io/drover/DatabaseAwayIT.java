package io.drover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A database that cannot be reached for a while: everybody is told so soon, and it is over by itself. */
@Tag("matrix")
class DatabaseAwayIT {

    /** Far less than the 30 s for which a pool lets people wait, and far more than a busy machine needs for what takes three. */
    private static final Duration SOON = Duration.ofSeconds(15);

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static EmbeddedPostgres postgres;
    private static Detour detour;
    private static DroverServer server;
    private static DroverClient byKey;

    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedPostgres.start();
        detour = new Detour(postgres.getPort());
        server = DroverServer.start(
                DroverServer.newHome(),
                "--spring.datasource.url=jdbc:postgresql://localhost:" + detour.port() + "/postgres",
                "--spring.datasource.username=postgres",
                "--spring.datasource.password=postgres",
                "--drover.node.lease=9s");
        var key = server.admin()
                .post("/api/v1/api-keys", Map.of("label", "test"))
                .expecting(201)
                .path("key")
                .asText();
        byKey = DroverClient.apiKey(server.address(), key);
    }

    @AfterAll
    static void stop() throws IOException {
        detour.turn(Detour.Way.OPEN);
        server.kill();
        detour.close();
        postgres.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"CUT", "SILENT"})
    void isToldAtEveryDoorUntilItIsBack(Detour.Way way) {
        var anonymous = DroverClient.anonymous(server.address());
        detour.turn(way);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        anonymous.get("/actuator/health/readiness").status())
                .isEqualTo(503));
        for (var client : new DroverClient[] {server.admin(), byKey}) {
            isTold(() -> client.get("/api/v1/vms"));
            isTold(() -> client.get("/api/v1/vms/web-1"));
            isTold(() -> client.post("/api/v1/vms/web-1/start"));
            isTold(() -> client.get("/engine-rest/task"));
        }
        assertThat(anonymous.get("/actuator/health/liveness").status()).isEqualTo(200);
        assertThat(soon(() -> anonymous.get("/actuator/health")).status()).isEqualTo(503);

        detour.turn(Detour.Way.OPEN);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        anonymous.get("/actuator/health/readiness").status())
                .isEqualTo(200));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(byKey.get("/api/v1/vms").status()).isEqualTo(200));
    }

    private static void isTold(Request request) {
        var answer = soon(request);

        assertThat(answer.status()).as(answer.text()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).contains("5");
        assertThat(answer.json().path("type").asText()).endsWith("database-away");
    }

    private static DroverClient.Answer soon(Request request) {
        long begun = System.nanoTime();
        var answer = request.send();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(SOON);
        return answer;
    }

    /** Something that is asked of the server. */
    private interface Request {
        DroverClient.Answer send();
    }
}
