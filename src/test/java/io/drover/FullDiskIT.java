package io.drover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The disk of the home is full for a while: the server says so, loses nothing, and serves again without a hand. How long it is
 * full, {@code -Ddrover.full-disk.seconds=30} says.
 */
@Tag("matrix")
class FullDiskIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** How long the disk stays full; what is asked of the server in between takes some seconds at least. */
    private static final Duration FULL = Duration.ofSeconds(Long.getLong("drover.full-disk.seconds", 0));

    private static final String READINESS = "/actuator/health/readiness";

    @TempDir
    Path disk;

    private DroverServer server;

    @BeforeEach
    void mount() throws Exception {
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", disk.toString()), "Mounting needs root");
    }

    @AfterEach
    void unmount() throws Exception {
        if (server != null) {
            server.kill();
        }
        run("umount", "-l", disk.toString());
    }

    @Test
    void onH2() throws Exception {
        server = DroverServer.start(disk.resolve("home"), "--drover.node.lease=6s", "--drover.storage.least-free=8MB");
        fillsUpAndComesBack();
        assertThat(disk.resolve("home/db/drover.trace.db")).doesNotExist();
    }

    @Test
    void onPostgres() throws Exception {
        try (var postgres = EmbeddedPostgres.start()) {
            server = DroverServer.start(disk.resolve("home"), postgres, "--drover.storage.least-free=8MB");
            fillsUpAndComesBack();
            server.kill();
        }
    }

    @Test
    void aHomeThatCannotBeWrittenToIsToldAndTakenUpAgain() throws Exception {
        var home = DroverServer.newHome();
        server = DroverServer.start(home);
        var inventory = server.inventory();
        var vm = inventory.running(inventory.site());
        assumeTrue(run("chattr", "+i", home.toString()), "The file system knows no immutable directories");
        try {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(status(READINESS)).isEqualTo(503));
            var refused = inventory.begin("status", vm).expecting(503);
            assertThat(refused.path("type").asText()).isEqualTo("/problems/storage-low");
            assertThat(refused.path("detail").asText()).contains(home.toString(), "cannot be written to");
            assertThat(status("/actuator/health/liveness")).isEqualTo(200);
        } finally {
            run("chattr", "-i", home.toString());
        }

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(status(READINESS)).isEqualTo(200));
        assertThat(inventory.ask("status", vm).path("state").asText()).isEqualTo("SUCCEEDED");
    }

    @Test
    void whatCannotBeStartedWaitsUntilItCan() throws Exception {
        var home = DroverServer.newHome();
        server = DroverServer.start(home);
        var inventory = server.inventory();
        var vm = inventory.running(inventory.site());
        var runs = home.resolve("runs");
        assumeTrue(run("chattr", "+i", runs.toString()), "The file system knows no immutable directories");
        String operation;
        try {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(status(READINESS)).isEqualTo(503));
            operation = inventory.begin("status", vm).expecting(202).path("id").asText();
            assertThat(server.admin().get("/actuator/health/readiness").toString())
                    .contains(runs.toString());
            assertThat(state(server, operation)).isIn("QUEUED", "RUNNING", "WAITING");
        } finally {
            run("chattr", "-i", runs.toString());
        }

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(state(server, operation)).isEqualTo("SUCCEEDED"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(status(READINESS)).isEqualTo(200));
    }

    @Test
    void anotherNodeDoesWhatOneCannotStart() throws Exception {
        try (var postgres = EmbeddedPostgres.start()) {
            server = DroverServer.start(DroverServer.newHome(), postgres, "--drover.node.lease=9s");
            var peer = DroverServer.start(server.homeOfAPeer(), postgres, "--drover.node.lease=9s");
            var runs = server.home().resolve("runs");
            try {
                var inventory = server.inventory();
                var vm = inventory.running(inventory.site());
                assumeTrue(run("chattr", "+i", runs.toString()), "The file system knows no immutable directories");
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(status(READINESS)).isEqualTo(503));
                var operation =
                        inventory.begin("status", vm).expecting(202).path("id").asText();

                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(state(peer, operation)).isEqualTo("SUCCEEDED"));
                assertThat(peer.admin().action(operation, "status").path("node").asText())
                        .isEqualTo(peer.node());
            } finally {
                run("chattr", "-i", runs.toString());
                peer.kill();
                server.kill();
            }
        }
    }

    private static String state(DroverServer where, String operation) {
        return where.admin()
                .get("/api/v1/operations/" + operation)
                .expecting(200)
                .path("state")
                .asText();
    }

    private void fillsUpAndComesBack() throws Exception {
        var inventory = server.inventory();
        var vm = inventory.running(inventory.site());
        var busy = inventory.running(inventory.site(), Map.of("latency_status", "3"));
        var underWay = inventory.begin("status", busy).expecting(202).path("id").asText();
        var filling = disk.resolve("filling");
        fill(filling);
        var end = Instant.now().plus(FULL);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(status(READINESS)).isEqualTo(503));
        for (int i = 0; i < 20 || Instant.now().isBefore(end); i++) {
            assertThat(inventory.begin("status", vm).status()).isGreaterThanOrEqualTo(500);
            assertThat(status("/actuator/health/liveness")).isEqualTo(200);
        }
        assertThat(status("/actuator/health")).isEqualTo(503);
        Files.delete(filling);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(status(READINESS))
                .as(() -> server.admin().get(READINESS).toString())
                .isEqualTo(200));
        endsAtTheLatestWhenRetried(underWay);
        assertThat(server.admin().vm(busy).path("state").asText()).isEqualTo("Running");
        var operation = await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(
                        () -> inventory.ask("status", vm),
                        ended -> ended.path("state").asText().equals("SUCCEEDED"));
        assertThat(operation.path("vm").asText()).isEqualTo(vm);
        assertThat(server.admin().vm(vm).path("powerState").asText()).isEqualTo("PowerOn");
        assertThat(inventory.ask("stop", vm).path("state").asText()).isEqualTo("SUCCEEDED");
    }

    /** The program that was under way may have found no room for what it wrote: it refuses then, or waits for a person. */
    private void endsAtTheLatestWhenRetried(String operation) {
        var retry = "/api/v1/operations/" + operation + "/retry";
        await().atMost(PATIENCE).untilAsserted(() -> {
            if (state(server, operation).equals("WAITING")) {
                assertThat(server.admin()
                                .operation(operation)
                                .path("waitingFor")
                                .asText())
                        .isNotBlank();
                server.admin().post(retry);
            }
            assertThat(state(server, operation)).isIn("SUCCEEDED", "FAILED");
        });
    }

    private int status(String path) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create(server.address() + path)).build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }

    /** Nothing is left, not even for what is written in small pieces. */
    private static void fill(Path file) throws IOException {
        try (var out = Files.newOutputStream(file)) {
            for (var block = new byte[4096]; ; ) {
                out.write(block);
            }
        } catch (IOException full) {
            assertThat(Files.size(file)).isPositive();
        }
    }

    private static boolean run(String... command) throws Exception {
        return new ProcessBuilder(command).start().waitFor() == 0;
    }
}
