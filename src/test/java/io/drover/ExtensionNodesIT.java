package io.drover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.extension.Archives;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two servers on one PostgreSQL, and what they make of the files of one extension. */
@Tag("matrix")
class ExtensionNodesIT {
    private static EmbeddedPostgres postgres;
    private static DroverServer one;
    private static DroverServer two;

    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedPostgres.start();
        one = DroverServer.start(DroverServer.newHome(), postgres, "--drover.extensions.check-interval=5s");
        two = DroverServer.start(one.homeOfAPeer(), postgres, "--drover.extensions.check-interval=5s");
    }

    @AfterAll
    static void stop() throws IOException {
        one.kill();
        two.kill();
        postgres.close();
    }

    @Test
    void aByteChangedOnOneNodeIsFoundAndAVersionMakesBothEqual() throws IOException {
        write("folder", one.home());
        write("folder", two.home());
        one.admin().post("/api/v1/extensions/rescan").expecting(200);
        two.admin().post("/api/v1/extensions/rescan").expecting(200);
        awaitReady("folder");
        var site = one.inventory().site("folder");

        Files.writeString(two.home().resolve("extensions/folder/lib/answer.sh"), "answer() { :; }\n");

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            var seen = extension(one, "folder");
            assertThat(seen.path("ready").asBoolean()).isFalse();
            assertThat(seen.path("notReadyBecause").asText()).contains(two.node(), "lib/answer.sh differs");
        });
        assertThat(alerts(two.node())).isEqualTo(1);

        var accepted =
                two.admin().post("/api/v1/vms", Inventory.vm(site, Map.of())).expecting(202);
        var operation = one.admin().awaitEnd(accepted.path("id").asText());
        assertThat(operation.path("state").asText()).as(operation.toString()).isEqualTo("SUCCEEDED");
        assertThat(one.admin()
                        .action(accepted.path("id").asText(), "deploy")
                        .path("node")
                        .asText())
                .isEqualTo(one.node());

        upload(one, "folder", "2.0");

        awaitReady("folder");
        assertThat(extension(two, "folder").path("version").asText()).isEqualTo("2.0");
        assertThat(alerts(two.node())).isEqualTo(1);
    }

    @Test
    void anActionKeepsTheVersionItBeganWith() throws IOException {
        var first = upload(one, "acme", "3.0");
        awaitReady("acme");
        var site = one.inventory().site("acme");
        var flag = site.state().resolveSibling(site.name() + ".flag");
        Files.createDirectories(flag.getParent());
        var accepted =
                one.inventory().deploy(site, Map.of("until", flag.toString())).expecting(202);
        var id = accepted.path("id").asText();
        await().until(() -> one.admin().actions(id).stream()
                .anyMatch(action -> action.path("state").asText().equals("RUNNING")));

        var second = upload(two, "acme", "4.0");
        Files.createFile(flag);

        assertThat(one.admin().awaitEnd(id).path("state").asText()).isEqualTo("SUCCEEDED");
        var deploy = one.admin().action(id, "deploy");
        assertThat(deploy.path("digest").asText()).isEqualTo(first);
        assertThat(deploy.path("answer").toString()).contains("3.0");
        var stop = one.admin()
                .done(one.inventory().begin("stop", accepted.path("vm").asText()));
        var stopped = one.admin().action(stop.path("id").asText(), "stop");
        assertThat(stopped.path("digest").asText()).isEqualTo(second);
        assertThat(stopped.path("answer").toString()).contains("4.0");
    }

    @Test
    void anUploadThatIsTooLargeIsRefusedWithoutBeingRead() throws IOException {
        var answer =
                one.admin().send("POST", "/api/v1/extensions/packages", "application/zip", new byte[(64 << 20) + 1]);

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.json().path("limitBytes").asLong()).isEqualTo(64 << 20);
        try (var left = Files.list(Files.createDirectories(one.home().resolve("packages")))) {
            assertThat(left.filter(path -> path.getFileName().toString().startsWith(".")))
                    .isEmpty();
        }
    }

    private static void write(String name, Path home) throws IOException {
        var folder = home.resolve("extensions").resolve(name);
        for (var file : Archives.extension(name, "1.0").entrySet()) {
            var path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        Files.setPosixFilePermissions(folder.resolve(name + ".sh"), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** @return the digest of the new version */
    private static String upload(DroverServer server, String name, String version) throws IOException {
        var archive = Archives.zip(Archives.extension(name, version)).readAllBytes();
        return server.admin()
                .send("POST", "/api/v1/extensions/packages?verify=NONE", "application/zip", archive)
                .expecting(201)
                .path("digest")
                .asText();
    }

    private static void awaitReady(String name) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            for (var server : new DroverServer[] {one, two}) {
                var seen = extension(server, name);
                assertThat(seen.path("ready").asBoolean()).as(seen.toString()).isTrue();
                assertThat(seen.path("nodes")).hasSize(2);
                assertThat(StreamSupport.stream(seen.path("nodes").spliterator(), false)
                                .map(node -> node.path("digest").asText())
                                .distinct())
                        .hasSize(1);
            }
        });
    }

    private static JsonNode extension(DroverServer server, String name) {
        return server.admin().get("/api/v1/extensions/" + name).expecting(200);
    }

    private static long alerts(String node) {
        var history =
                one.admin().get("/api/v1/history?limit=200").expecting(200).path("items");
        return StreamSupport.stream(history.spliterator(), false)
                .filter(entry -> entry.path("kind").asText().equals("extension.not-ready"))
                .filter(entry -> entry.toString().contains(node))
                .count();
    }
}
