package io.drover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A worker written with the client that people use serves its topic with an account of its role, and all else is closed to it. */
@Tag("matrix")
class WorkerClientIT extends WholeApplication {
    private static final Path SOURCES = Path.of("src/test/worker");
    private static final Path HERE = Path.of("target/it/worker").toAbsolutePath();

    @AfterEach
    void restore() throws IOException {
        load(Files.readString(Path.of("bpmn/vm-status.bpmn")));
    }

    @Test
    void whatItAnswersComesThroughTheOperation() throws IOException, InterruptedException {
        install();
        var topic = unique("dns");
        load(StatusDiagram.of(StatusDiagram.line("T", task(topic), task(topic))
                        + "<boundaryEvent id='B' attachedToRef='T1'><errorEventDefinition id='E'/></boundaryEvent>"
                        + "<endEvent id='Bad'><errorEventDefinition id='D' errorRef='Plain'/></endEvent>"
                        + StatusDiagram.flow("B", "Bad"))
                .replace("<error id='Own'", "<error id='Plain' errorCode='plain'/><error id='Own'"));
        var vm = inventory.running(inventory.site());
        var worker = worker(key(topic), topic);
        try {
            var id = inventory.begin("status", vm).expecting(202).path("id").asText();

            var stuck = admin.awaitWaiting(id, "Incident: ");
            assertThat(stuck.path("error").path("message").asText()).isEqualTo("Register: DNS is away");
            admin.post("/api/v1/operations/" + id + "/retry").expecting(200);

            var ended = admin.awaitEnd(id);
            assertThat(ended.path("state").asText()).as(ended.toString()).isEqualTo("FAILED");
            assertThat(ended.path("error").path("code").asText()).isEqualTo("dns-taken");
            assertThat(ended.path("error").path("message").asText()).isEqualTo("Register: The name is taken");
            assertThat(ended.path("steps").toString()).contains("Done by worker-" + topic);
        } finally {
            worker.destroy();
            worker.waitFor(10, TimeUnit.SECONDS);
        }
    }

    /** With its lock file, from npm's cache where that has it. */
    private static void install() throws IOException, InterruptedException {
        assumeTrue(isThere("node", "--version"), "node is not installed");
        assumeTrue(isThere("npm", "--version"), "npm is not installed");
        Files.createDirectories(HERE);
        for (var file : List.of("package.json", "package-lock.json", "worker.js")) {
            Files.write(HERE.resolve(file), Files.readAllBytes(SOURCES.resolve(file)));
        }
        assumeTrue(
                isThere("npm", "ci", "--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts"),
                "npm cannot install the worker's client here");
    }

    private static boolean isThere(String... command) throws InterruptedException {
        try {
            var process = new ProcessBuilder(command)
                    .directory((Files.isDirectory(HERE) ? HERE : Path.of(".")).toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(90, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private Process worker(String key, String topic) throws IOException {
        var process = new ProcessBuilder("node", "worker.js")
                .directory(HERE.toFile())
                .redirectErrorStream(true)
                .redirectOutput(HERE.resolve("log").toFile());
        process.environment()
                .putAll(Map.of("WORKER_URL", server + "/engine-rest", "WORKER_KEY", key, "WORKER_TOPIC", topic));
        return process.start();
    }

    private String key(String topic) {
        var account =
                Map.of("name", "worker-" + topic, "role", "Worker", "topics", List.of(topic), "password", PASSWORD);
        admin.post("/api/v1/accounts", account).expecting(201);
        return admin.post("/api/v1/api-keys", Map.of("label", "worker", "account", "worker-" + topic))
                .expecting(201)
                .path("key")
                .asText();
    }

    private static String task(String topic) {
        return "<serviceTask id='ID' name='Register' camunda:type='external' camunda:topic='" + topic + "'/>";
    }

    private void load(String diagram) {
        var path = "/api/v1/processes/vm-status/diagram";
        var answer = admin.send("PUT", path, "application/xml", diagram.getBytes(StandardCharsets.UTF_8));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }
}
