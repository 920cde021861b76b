package io.drover;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An account of the role Worker gets at external tasks of its topics, and at nothing else. */
@Tag("matrix")
class WorkerRoleIT extends WholeApplication {
    private static final String KEY = "it-role";
    private static final String OWN = "it-role-own";
    private static final String OTHER = "it-role-other";

    private static String name;
    private DroverClient worker;

    @BeforeEach
    void prepare() {
        if (name == null) {
            name = unique("w");
            admin.post("/api/v1/accounts", worker(name, List.of(OWN))).expecting(201);
            var branches = StatusDiagram.branches(task(OWN), task(OTHER));
            admin.send(
                            "PUT",
                            "/api/v1/processes/" + KEY + "/diagram",
                            "application/xml",
                            StatusDiagram.of(KEY, branches).getBytes(StandardCharsets.UTF_8))
                    .expecting(200);
        }
        worker = DroverClient.basic(server, name, PASSWORD);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/me",
        "GET, /api/v1/vms",
        "POST, /api/v1/vms",
        "GET, /api/v1/operations",
        "GET, /api/v1/actions",
        "GET, /api/v1/processes",
        "GET, /api/v1/processes/vm-start/diagram",
        "POST, /api/v1/processes/reload",
        "GET, /api/v1/clusters",
        "GET, /api/v1/templates",
        "GET, /api/v1/networks",
        "GET, /api/v1/extensions",
        "GET, /api/v1/accounts",
        "POST, /api/v1/accounts",
        "GET, /api/v1/api-keys",
        "POST, /api/v1/api-keys",
        "GET, /api/v1/history",
        "GET, /api/v1/nodes",
        "GET, /api/v1/queue",
        "GET, /api/v1/nothing",
        "GET, /",
        "GET, /v3/api-docs",
        "GET, /swagger-ui/index.html",
        "GET, /problems/busy",
        "GET, /error",
        "GET, /actuator",
        "GET, /actuator/metrics",
        "GET, /camunda/app/cockpit/default/",
        "GET, /camunda/api/engine/engine/",
        "POST, /camunda/api/engine/engine/default/external-task/fetchAndLock",
        "GET, /engine-rest/external-task",
        "POST, /engine-rest/external-task",
        "GET, /engine-rest/external-task/count",
        "GET, /engine-rest/external-task/topic-names",
        "GET, /engine-rest/external-task/x",
        "GET, /engine-rest/external-task/fetchAndLock",
        "GET, /engine-rest/external-task/x/errorDetails",
        "PUT, /engine-rest/external-task/x/retries",
        "PUT, /engine-rest/external-task/retries",
        "POST, /engine-rest/external-task/retries-async",
        "PUT, /engine-rest/external-task/x/priority",
        "POST, /engine-rest/external-task/x/lock",
        "POST, /engine-rest/external-task/x/complete/",
        "POST, /engine-rest/external-task/x/y/complete",
        "POST, /engine-rest/engine/default/external-task/fetchAndLock",
        "GET, /engine-rest/engine",
        "GET, /engine-rest/task",
        "POST, /engine-rest/message",
        "POST, /engine-rest/signal",
        "POST, /engine-rest/process-definition/key/vm-stop/start",
        "GET, /engine-rest/process-instance",
        "GET, /engine-rest/history/process-instance",
        "POST, /engine-rest/deployment/create"
    })
    void noOtherDoorIsOpen(String method, String path) {
        var answer = method.equals("GET") ? worker.get(path) : worker.json(method, path, "{}");

        assertThat(answer.status())
                .as(method + " " + path + ": " + answer.text())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health", "/actuator/health/liveness", "/login"})
    void whatIsOpenToAllIsOpen(String path) {
        assertThat(worker.get(path).status()).isEqualTo(200);
    }

    @Test
    void itIsGivenTasksOfItsTopicsOnly() {
        begin();

        var own = fetch(OWN).expecting(200);
        assertThat(own.path(0).path("topicName").asText()).isEqualTo(OWN);
        for (var answer : List.of(fetch(OTHER), fetch(OWN, OTHER), fetch("it-role*"))) {
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.json().path("message").asText()).contains(OWN, "not for");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"complete", "failure", "bpmnError", "extendLock", "unlock"})
    void itWorksOnTasksOfItsTopicsOnly(String verb) {
        var process = begin();
        var body = Map.of("workerId", "w", "errorCode", "x", "newDuration", 1000, "retries", 0);

        var own = worker.post("/engine-rest/external-task/" + locked(process, OWN) + "/" + verb, body);
        var foreign = worker.post("/engine-rest/external-task/" + locked(process, OTHER) + "/" + verb, body);
        var unknown = worker.post("/engine-rest/external-task/unknown/" + verb, body);

        assertThat(own.status()).as(own.text()).isEqualTo(204);
        assertThat(foreign.status()).as(foreign.text()).isEqualTo(403);
        assertThat(foreign.json().path("message").asText()).contains(OTHER);
        assertThat(unknown.status()).as(unknown.text()).isIn(400, 404);
    }

    @Test
    void whatItAsksOverAndOverIsNotOnTheLedgerButWhatItDoesIs() {
        var process = begin();
        var before = entries();
        for (int i = 0; i < 5; i++) {
            fetch(OWN).expecting(200);
        }
        assertThat(entries()).isEqualTo(before);

        worker.post("/engine-rest/external-task/" + locked(process, OWN) + "/complete", Map.of("workerId", "w"))
                .expecting(204);

        assertThat(admin.get("/api/v1/history?limit=5").expecting(200).toString())
                .contains("/complete", name);
    }

    @Test
    void itsTopicsCanBeChangedAndGoWithItsRole() {
        var other = unique("w");
        var id = admin.post("/api/v1/accounts", worker(other, List.of(OWN))).expecting(201);
        assertThat(id.path("topics").toString()).isEqualTo("[\"" + OWN + "\"]");
        var client = DroverClient.basic(server, other, PASSWORD);
        assertThat(fetch(client, OTHER).status()).isEqualTo(403);

        admin.patch("/api/v1/accounts/" + other, Map.of("topics", List.of(OTHER)))
                .expecting(200);

        assertThat(fetch(client, OTHER).status()).isEqualTo(200);
        assertThat(fetch(client, OWN).status()).isEqualTo(403);
        var user =
                admin.patch("/api/v1/accounts/" + other, Map.of("role", "User")).expecting(200);
        assertThat(user.has("topics")).isFalse();
        assertThat(fetch(client, OTHER).status()).isEqualTo(403);
        Problems.check(admin.patch("/api/v1/accounts/" + other, Map.of("role", "Worker")), 400);
    }

    @Test
    void topicsThatMakeNoSenseAreRefusedAllAtOnce() {
        var wrong = worker(unique("w"), List.of("a", "a", "b c", "*", "${x}", ""));
        var problem = Problems.check(admin.post("/api/v1/accounts", wrong), 400);
        assertThat(problem.toString()).contains("/topics/1", "/topics/2", "/topics/3", "/topics/4", "/topics/5");

        var none = Problems.check(admin.post("/api/v1/accounts", worker(unique("w"), List.of())), 400);
        assertThat(none.toString()).contains("/topics");
        var user = Map.of("name", unique("u"), "role", "User", "password", PASSWORD, "topics", List.of("a"));
        assertThat(Problems.check(admin.post("/api/v1/accounts", user), 400).toString())
                .contains("/topics", "Worker only");
    }

    @Test
    void topicsThatAreNoneAreRefused() {
        for (var client : List.of(worker, admin)) {
            for (var topics : List.of("[null]", "[{\"topicName\":\"" + OWN + "\",\"lockDuration\":1},null]")) {
                var body = "{\"workerId\":\"w\",\"maxTasks\":1,\"topics\":" + topics + "}";
                var answer = client.json("POST", "/engine-rest/external-task/fetchAndLock", body);
                assertThat(answer.status()).as(answer.text()).isEqualTo(400);
            }
        }
    }

    @Test
    void whatFollowsItsWorkIsAskedByTheProcess() {
        var vm = inventory.running(inventory.site());
        var key = unique("it-then");
        var call = "<callActivity id='ID' calledElement='vm-status'><extensionElements>"
                + "<camunda:in source='vm' target='vm'/></extensionElements></callActivity>";
        var diagram = StatusDiagram.of(key, StatusDiagram.line("T", task(OWN), call));
        admin.send(
                        "PUT",
                        "/api/v1/processes/" + key + "/diagram",
                        "application/xml",
                        diagram.getBytes(StandardCharsets.UTF_8))
                .expecting(200);
        var process = admin.post(
                        "/engine-rest/process-definition/key/" + key + "/start",
                        Map.of("variables", Map.of("vm", Map.of("value", vm, "type", "String"))))
                .expecting(200)
                .path("id")
                .asText();

        var done = worker.post(
                "/engine-rest/external-task/" + locked(process, OWN) + "/complete", Map.of("workerId", "w"));

        assertThat(done.status()).as(done.text()).isEqualTo(204);
        var asked = admin.get("/api/v1/operations?verb=status&vm=" + vm)
                .expecting(200)
                .path("items");
        assertThat(asked.toString()).contains("\"system\"").doesNotContain(name);
        assertThat(admin.awaitEnd(asked.path(0).path("id").asText())
                        .path("state")
                        .asText())
                .isEqualTo("SUCCEEDED");
    }

    private DroverClient.Answer fetch(String... topics) {
        return fetch(worker, topics);
    }

    private static DroverClient.Answer fetch(DroverClient client, String... topics) {
        List<Map<String, Object>> wanted = new ArrayList<>();
        for (var topic : topics) {
            wanted.add(Map.of("topicName", topic, "lockDuration", 1));
        }
        return client.post(
                "/engine-rest/external-task/fetchAndLock", Map.of("workerId", "w", "maxTasks", 1, "topics", wanted));
    }

    private String begin() {
        return admin.post("/engine-rest/process-definition/key/" + KEY + "/start", "{}")
                .expecting(200)
                .path("id")
                .asText();
    }

    private String locked(String process, String topic) {
        var task = admin.get("/engine-rest/external-task?processInstanceId=" + process + "&topicName=" + topic)
                .expecting(200)
                .path(0)
                .path("id")
                .asText();
        admin.post("/engine-rest/external-task/" + task + "/lock", Map.of("workerId", "w", "lockDuration", 60_000))
                .expecting(204);
        return task;
    }

    private JsonNode entries() {
        return admin.get("/api/v1/history?kind=engine.requested&limit=1")
                .expecting(200)
                .path("items");
    }

    private static Map<String, Object> worker(String name, List<String> topics) {
        return Map.of("name", name, "role", "Worker", "topics", topics, "password", PASSWORD);
    }

    private static String task(String topic) {
        return "<serviceTask id='ID' camunda:type='external' camunda:topic='" + topic + "'/>";
    }
}
