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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk of the home is full for a while: the server says so, loses nothing, and serves again without a hand. */
class FullDiskIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
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

    private void fillsUpAndComesBack() throws Exception {
        var inventory = server.inventory();
        var vm = inventory.running(inventory.site());
        var filling = disk.resolve("filling");
        fill(filling);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(status(READINESS)).isEqualTo(503));
        for (int i = 0; i < 20; i++) {
            assertThat(inventory.begin("status", vm).status()).isGreaterThanOrEqualTo(500);
        }
        assertThat(status("/actuator/health")).isEqualTo(503);
        assertThat(status("/actuator/health/liveness")).isEqualTo(200);
        Files.delete(filling);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(status(READINESS)).isEqualTo(200));
        var operation = await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(
                        () -> inventory.ask("status", vm),
                        ended -> ended.path("state").asText().equals("SUCCEEDED"));
        assertThat(operation.path("vm").asText()).isEqualTo(vm);
        assertThat(server.admin().vm(vm).path("powerState").asText()).isEqualTo("PowerOn");
        assertThat(inventory.ask("stop", vm).path("state").asText()).isEqualTo("SUCCEEDED");
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
