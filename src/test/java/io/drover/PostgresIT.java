package io.drover;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The same on PostgreSQL, with the server's and the database's clocks in a time zone that is nobody's default. */
class PostgresIT {
    private static EmbeddedPostgres postgres;
    private static DroverServer server;

    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedPostgres.builder()
                .setServerConfig("timezone", "America/St_Johns")
                .start();
        server = DroverServer.start(DroverServer.newHome(), postgres);
    }

    @AfterAll
    static void stop() throws IOException {
        server.stop();
        postgres.close();
    }

    @Test
    void aVmIsDeployedStoppedAndDeleted() throws IOException {
        var inventory = server.inventory();
        var admin = server.admin();
        var site = inventory.site();
        var before = Instant.now();
        var vm = inventory.running(site);

        var list = admin.get("/api/v1/actions?vm=" + vm + "&since=" + before.minusSeconds(2))
                .expecting(200)
                .path("items");
        assertThat(list.findValuesAsText("verb")).containsExactly("deploy", "prepare");
        for (var field : new String[] {"requestedAt", "startedAt", "endedAt"}) {
            var time = Instant.parse(list.path(0).path(field).asText());
            assertThat(Duration.between(before, time).abs()).as(field).isLessThan(Duration.ofMinutes(1));
        }
        assertThat(admin.get("/api/v1/actions?vm=" + vm + "&since=" + before.plusSeconds(600))
                        .expecting(200)
                        .path("items")
                        .size())
                .isZero();
        var inspected = admin.done(admin.post("/api/v1/vms/" + vm + "/actions/Inspect"));
        assertThat(inspected.at("/result/details/power").asText()).isEqualTo("poweron");
        for (var query : new String[] {"", "?enabled=true&limit=4"}) {
            assertThat(admin.get("/api/v1/extensions/Simulator/actions" + query)
                            .expecting(200)
                            .path("items")
                            .findValuesAsText("description"))
                    .hasSizeGreaterThanOrEqualTo(4);
        }
        assertThat(inventory.ask("stop", vm).path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(inventory.ask("status", vm).path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(inventory.ask("start", vm).path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(inventory.ask("delete", vm).path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(site.effects(vm)).containsExactly("create", "stop", "start", "stop", "delete");
    }

    @Test
    void aPersonIsAskedAndAnswers() throws IOException {
        var admin = server.admin();
        var diagram = new TaskDiagram(admin);
        var vm = server.inventory().running(server.inventory().site());
        var head = Map.of("name", "head", "role", "DomainAdmin", "domain", "/sales", "password", "a long passphrase");
        admin.post("/api/v1/accounts", head).expecting(201);
        var hers = DroverClient.basic(server.address(), "head", "a long passphrase");
        diagram.asks("camunda:candidateGroups='DomainAdmin,domain:/sales'", TaskDiagram.fourEyes());
        var id =
                server.inventory().begin("status", vm).expecting(202).path("id").asText();
        diagram.restore();

        assertThat(admin.get("/api/v1/tasks?mine=true").expecting(200).path("items"))
                .isEmpty();
        var task = hers.get("/api/v1/tasks?mine=true&state=OPEN&state=ANSWERED")
                .expecting(200)
                .path("items")
                .path(0);
        assertThat(task.path("operation").asText()).isEqualTo(id);
        var path = "/api/v1/tasks/" + task.path("id").asText();
        hers.post(path + "/claim").expecting(200);
        hers.post(path + "/answer", "{\"variables\":{\"approved\":true},\"comment\":\"It is mine\"}")
                .expecting(200);

        assertThat(admin.awaitEnd(id).path("steps").toString()).contains("\"comment\":\"It is mine\"");
    }

    @Test
    void theQueueShowsWhatRuns() {
        var inventory = server.inventory();
        var admin = server.admin();
        var vm = inventory.running(inventory.site());
        inventory.detail(vm, "latency_stop", "2");
        var stop = inventory.begin("stop", vm).expecting(202).path("id").asText();
        admin.awaitState(stop, "RUNNING");

        var node = admin.get("/api/v1/queue").expecting(200).path("items").path(0);

        assertThat(node.path("running").asInt()).isEqualTo(1);
        assertThat(node.path("groups").path(0).path("verb").asText()).isEqualTo("stop");
        admin.awaitEnd(stop);
    }

    @Test
    void aRefusedDeploymentAndAWrongPatchLeaveTheSameRecords() throws IOException {
        var inventory = server.inventory();
        var admin = server.admin();
        var site = inventory.site();
        var refused = admin.done(inventory.deploy(site, Map.of("fault_create", "exit:3")));
        var patch = "{\"details\":{\"half\":\"applied\"},\"nics\":[{\"ip\":\"127.0.0.1\"}]}";
        var patched = admin.done(inventory.deploy(site, Map.of("answer_prepare", patch)));

        assertThat(refused.path("error").path("code").asText()).isEqualTo("exit-code");
        assertThat(patched.path("error").path("code").asText()).isEqualTo("patch-refused");
        for (var operation :
                new String[] {refused.path("vm").asText(), patched.path("vm").asText()}) {
            assertThat(admin.vm(operation).path("state").asText()).isEqualTo("Error");
            assertThat(admin.vm(operation).path("details").has("half")).isFalse();
            assertThat(inventory.ask("delete", operation).path("state").asText())
                    .isEqualTo("SUCCEEDED");
        }
    }

    @Test
    void aProgramMayAnswerWhatTheDatabaseCannotKeep() throws IOException {
        var inventory = server.inventory();
        var extension = inventory.extension("#!/bin/sh\nprintf 'a\\000b\\377'; printf 'c\\000d' >&2\n");

        var operation = server.admin().done(inventory.deploy(inventory.site(extension), Map.of()));

        assertThat(operation.path("state").asText()).as(operation.toString()).isEqualTo("SUCCEEDED");
    }

    @Test
    void aListTakesNoTextThatTheDatabaseCannotRead() {
        for (var path : new String[] {"vms/%00", "clusters?cursor=AAAA"}) {
            assertThat(server.admin().get("/api/v1/" + path).status()).as(path).isIn(200, 400, 404);
        }
    }
}
