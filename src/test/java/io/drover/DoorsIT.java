package io.drover;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets in where. */
@Tag("matrix")
class DoorsIT extends WholeApplication {

    @ParameterizedTest
    @CsvSource({
        "GET, /",
        "GET, /index.html",
        "GET, /api/v1/vms",
        "POST, /api/v1/vms",
        "GET, /api/v1/accounts",
        "GET, /api/v1/me",
        "GET, /engine-rest/engine",
        "GET, /engine-rest/process-definition",
        "POST, /engine-rest/deployment/create",
        "GET, /engine-rest/../engine-rest/engine",
        "GET, /engine-rest/task;jsessionid=1",
        "GET, /ENGINE-REST/engine",
        "GET, /camunda/app/cockpit/default/",
        "GET, /camunda/api/engine/engine/default/task",
        "POST, /camunda/api/admin/auth/user/default/login/cockpit",
        "GET, /v3/api-docs",
        "GET, /v3/api-docs.yaml",
        "GET, /swagger-ui.html",
        "GET, /swagger-ui/index.html",
        "GET, /actuator",
        "GET, /actuator/env",
        "GET, /actuator/heapdump",
        "GET, /h2-console",
        "GET, /error"
    })
    void nothingAnswersWithoutALogin(String method, String path) {
        var answer = DroverClient.anonymous(server).send(method, path, null, new byte[0]);

        assertThat(answer.status()).as(answer.text()).isIn(400, 401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/engine-rest;x=1/engine", "//engine-rest/engine", "/engine-rest/%2e%2e/engine-rest/engine"})
    void anOddSpellingOfThePathLeadsNowhere(String path) {
        for (var caller : List.of(DroverClient.anonymous(server), caller("User", "/"))) {
            assertThat(caller.get(path).status()).isGreaterThanOrEqualTo(400);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness", "/login"})
    void healthAndTheLoginPageAnswerAnybody(String path) {
        var answer = DroverClient.anonymous(server).get(path);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).doesNotContain("components");
    }

    @Test
    void peopleAreLedToTheLoginPage() throws Exception {
        var request = HttpRequest.newBuilder(server.resolve("/swagger-ui.html"))
                .header("Accept", "text/html")
                .build();
        var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location").orElseThrow()).endsWith("/login");
    }

    @ParameterizedTest
    @ValueSource(strings = {"User", "DomainAdmin", "ResourceAdmin"})
    void onlyAnAdminGetsToTheEngine(String role) {
        var caller = caller(role, "/");

        Problems.check(caller.get("/engine-rest/engine"), 403);
        Problems.check(caller.get("/camunda/api/engine/engine/default/task"), 403);
        Problems.check(
                caller.send("PUT", "/api/v1/processes/vm-stop/diagram", "application/xml", new byte[] {'x'}), 403);
        Problems.check(caller.get("/api/v1/accounts"), 403);
        Problems.check(
                caller.post("/api/v1/accounts", Map.of("name", "x", "role", "Admin", "password", PASSWORD)), 403);
        Problems.check(caller.post("/api/v1/extensions", Map.of("name", unique("x"))), 403);
        assertThat(admin.get("/engine-rest/engine").status()).isEqualTo(200);
        var cockpit = admin.get("/camunda/app/cockpit/default/");
        assertThat(cockpit.status()).as(cockpit.headers().toString()).isEqualTo(200);
    }

    @Test
    void aDeploymentWithAScriptIsRefusedEvenToAnAdmin() {
        var user = caller("User", "/");

        assertThat(deployScript(DroverClient.anonymous(server)).status()).isEqualTo(401);
        assertThat(deployScript(user).status()).isEqualTo(403);
        var refused = deployScript(admin);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("scriptTask", "is not allowed");
        assertThat(admin.get("/engine-rest/process-definition?key=evil")
                        .expecting(200)
                        .size())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/clusters", "/api/v1/templates"})
    void onlyAdminsOfResourcesWriteTheInventory(String path) {
        Problems.check(caller("User", "/").post(path, Map.of("name", unique("x"))), 403);
        Problems.check(caller("DomainAdmin", "/").post(path, Map.of("name", unique("x"))), 403);
        caller("ResourceAdmin", "/").post(path, Map.of("name", unique("x"))).expecting(201);
    }

    @Test
    void everybodySeesTheVmsWithinReachAndNoOthers() {
        var site = inventory.site();
        var owner = caller("User", "/a/b");
        var vm = owner.done(owner.post("/api/v1/vms", Inventory.vm(site, Map.of())));
        var id = vm.path("vm").asText();

        for (var other :
                List.of(caller("User", "/a/b"), caller("DomainAdmin", "/a/c"), caller("DomainAdmin", "/a/bc"))) {
            Problems.check(other.get("/api/v1/vms/" + id), 404);
            Problems.check(other.post("/api/v1/vms/" + id + "/stop"), 404);
            Problems.check(other.delete("/api/v1/vms/" + id), 404);
            Problems.check(other.patch("/api/v1/vms/" + id, "{\"details\":{\"a\":\"b\"}}"), 404);
            Problems.check(other.get("/api/v1/operations/" + vm.path("id").asText()), 404);
            Problems.check(other.post("/api/v1/operations/" + vm.path("id").asText() + "/cancel"), 404);
            var action = admin.actions(vm.path("id").asText()).get(0).path("id").asText();
            Problems.check(other.get("/api/v1/actions/" + action), 404);
            for (var list : List.of("vms", "operations", "actions")) {
                assertThat(other.get("/api/v1/" + list)
                                .expecting(200)
                                .path("items")
                                .size())
                        .as(list)
                        .isZero();
            }
        }
        for (var reaching : List.of(owner, caller("DomainAdmin", "/a"), caller("DomainAdmin", "/a/b"))) {
            assertThat(reaching.vm(id).path("state").asText()).isEqualTo("Running");
            assertThat(reaching.get("/api/v1/vms").expecting(200).path("items").size())
                    .isOne();
            assertThat(reaching.get("/api/v1/actions")
                            .expecting(200)
                            .path("items")
                            .size())
                    .isEqualTo(2);
        }
        assertThat(owner.done(owner.post("/api/v1/vms/" + id + "/stop"))
                        .path("requestedBy")
                        .asText())
                .isEqualTo(vm.path("requestedBy").asText());
    }

    @Test
    void anApiKeyIsAsGoodAsAPasswordUntilItIsRevoked() {
        var made = admin.post("/api/v1/api-keys", Map.of("label", "test")).expecting(201);
        var program = DroverClient.apiKey(server, made.path("key").asText());

        var operation = program.done(program.post("/api/v1/vms", Inventory.vm(inventory.site(), Map.of())));
        assertThat(operation.path("requestedBy").asText()).isEqualTo("admin");
        assertThat(admin.get("/api/v1/api-keys").text())
                .doesNotContain(made.path("key").asText());

        admin.delete("/api/v1/api-keys/" + made.path("id").asText()).expecting(204);
        Problems.check(program.get("/api/v1/vms"), 401);
        Problems.check(DroverClient.basic(server, "admin", "wrong password").get("/api/v1/vms"), 401);
    }

    private static DroverClient.Answer deployScript(DroverClient caller) {
        var diagram = """
                <?xml version="1.0" encoding="UTF-8"?>
                <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="x">
                  <process id="evil" isExecutable="true" camunda:historyTimeToLive="P1D">
                    <startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="t"/>
                    <scriptTask id="t" scriptFormat="javascript"><script>java.lang.Runtime.getRuntime()</script></scriptTask>
                  </process>
                </definitions>
                """;
        var body = "--cut\r\nContent-Disposition: form-data; name=\"deployment-name\"\r\n\r\nevil\r\n"
                + "--cut\r\nContent-Disposition: form-data; name=\"data\"; filename=\"evil.bpmn\"\r\n"
                + "Content-Type: text/xml\r\n\r\n" + diagram + "\r\n--cut--\r\n";
        return caller.send(
                "POST",
                "/engine-rest/deployment/create",
                "multipart/form-data; boundary=cut",
                body.getBytes(StandardCharsets.UTF_8));
    }
}
