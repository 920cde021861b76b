package io.drover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.DroverClient.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Those who set up hosts and templates, and those who have VMs, do not get further by details than they are meant to. */
@Tag("matrix")
class DeclaredDetailsIT extends WholeApplication {
    private static final String PROGRAM = """
            #!/bin/sh
            echo "$1 $(tr -d '\\n' <"$2")" >>"%s"
            echo '{"status":"success"}'
            """;
    private static final String SERVICE = """
            configuration:
              extension: {endpoint: {type: url}, api_key: {type: password, secret: true}, verify: {type: boolean, directs: [api_key]}}
              resourceMap: {endpoint: {type: url}, api_key: {type: password, secret: true}, verify: {type: boolean, directs: [api_key]}}
              host: {endpoint: {type: url}, api_key: {type: password, secret: true}, verify: {type: boolean, directs: [api_key]}}
              template: {image: {type: path, relative: true, below: [images]}}
              serviceOffering: {image: {type: path, relative: true, below: [images]}}
              vm: {image: {type: path, relative: true, below: [images]}, size: {type: integer, min: 1, max: 9}}
            customActions:
              - {name: Secret, allowedRoleTypes: [Admin]}
            """;

    @Autowired
    private JdbcClient jdbc;

    private DroverClient resourceAdmin;
    private String extension;
    private String place;
    private Path calls;

    @BeforeEach
    void setUp() throws IOException {
        resourceAdmin = caller("ResourceAdmin", "/");
        calls = HOME.resolve("simulator").resolve(unique("calls"));
        Files.createDirectories(calls.getParent());
        extension = inventory.extension(PROGRAM.formatted(calls), SERVICE);
        place = unique("p");
        admin.post("/api/v1/clusters", Map.of("name", place)).expecting(201);
        resourceAdmin
                .post("/api/v1/extensions/" + extension + "/clusters", Map.of("cluster", place))
                .expecting(201);
    }

    @Test
    void aHostDoesNotSendTheExtensionsSecretElsewhere() {
        extensionHas(Map.of("endpoint", "https://right.invalid", "api_key", "s3cret-key"));

        for (var details : List.of(
                Map.of("endpoint", "http://evil.invalid:9/"), Map.of("verify", "false"), Map.of("verify", "true"))) {
            var name = details.keySet().iterator().next();
            var refused = resourceAdmin.post("/api/v1/hosts", host(details)).expecting(400);
            assertThat(pointers(refused)).containsExactly("/details/" + name);
            assertThat(refused.toString())
                    .contains("of the host must not decide where the secret 'api_key' of the extension goes")
                    .doesNotContain("s3cret-key");
            assertThat(pointers(resourceAdmin
                            .patch(mapping(), Map.of("details", details))
                            .expecting(400)))
                    .containsExactly("/details/" + name);
        }
        resourceAdmin
                .post("/api/v1/hosts", host(Map.of("endpoint", "https://own.invalid", "api_key", "of-the-host")))
                .expecting(201);
    }

    @Test
    void aSecretThatIsKeptGoesNowhereElseUnlessAnAdminSaysSo() {
        var path = "/api/v1/hosts/" + place;
        admin.post("/api/v1/hosts", host(Map.of("endpoint", "https://right.invalid", "api_key", "s3cret-key")))
                .expecting(201);
        var mapped = Map.of("endpoint", "https://mapped.invalid");

        for (var changes : List.of(
                Map.of("endpoint", "https://evil.invalid"),
                Map.of("endpoint", "https://evil.invalid", "api_key", "******"),
                Map.of("verify", "false"))) {
            var refused = resourceAdmin.patch(path, Map.of("details", changes)).expecting(400);
            assertThat(refused.toString()).contains("which is kept").doesNotContain("s3cret-key");
        }
        resourceAdmin.patch(mapping(), Map.of("details", mapped)).expecting(200);
        Map<String, Object> none = new HashMap<>();
        none.put("endpoint", null);
        assertThat(resourceAdmin
                        .patch(path, Map.of("details", none))
                        .expecting(400)
                        .toString())
                .contains("which is kept");

        resourceAdmin
                .patch(path, Map.of("details", Map.of("endpoint", "https://new.invalid", "api_key", "a-new-key")))
                .expecting(200);
        admin.patch(path, Map.of("details", Map.of("endpoint", "https://other.invalid")))
                .expecting(200);
        admin.patch(path, Map.of("details", none)).expecting(200);
        assertThat(resourceAdmin
                        .patch(mapping(), Map.of("details", Map.of("endpoint", "https://evil.invalid")))
                        .expecting(400)
                        .toString())
                .contains("which is kept");
    }

    @Test
    void theExtensionsDetailsAreAnAdmins() {
        extensionHas(Map.of("endpoint", "https://right.invalid", "api_key", "s3cret-key"));
        var redirected = Map.of("details", Map.of("endpoint", "https://evil.invalid", "api_key", "******"));

        resourceAdmin.patch("/api/v1/extensions/" + extension, redirected).expecting(403);
        resourceAdmin
                .patch("/api/v1/extensions/" + extension, Map.of("description", "mine"))
                .expecting(200);
    }

    @Test
    void whatIsThereFromBeforeKeepsTheProgramFromBeingCalled() throws IOException {
        admin.post("/api/v1/hosts", host(Map.of("endpoint", "https://right.invalid")))
                .expecting(201);
        var vm = deployed(Map.of());
        extensionHasByAnotherDoor("api_key", "s3cret-key");

        for (var verb : List.of("status", "stop", "delete")) {
            int before = called().size();
            var operation = refusedToCall(verb, vm);
            assertThat(operation.toString())
                    .contains(
                            "'endpoint' of the host must not decide where the secret 'api_key' of the extension goes");
            assertThat(called()).hasSize(before);
            admin.post("/api/v1/operations/" + operation.path("id").asText() + "/cancel");
            awaitEnd(operation);
        }
    }

    @Test
    void aVmWithAnImageThatMustNotBeIsNotStartedButCanBeEnded() throws IOException {
        admin.post("/api/v1/hosts", host(Map.of())).expecting(201);
        var vm = deployed(Map.of("size", "3"));
        jdbc.sql("INSERT INTO detail (owner_type, owner_id, name, val, secret) VALUES ('VM', ?, 'image', ?, FALSE)")
                .params(UUID.fromString(vm), HOME.resolve("keys/secrets.key").toString())
                .update();

        assertThat(inventory.ask("stop", vm).path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(called().get(called().size() - 1))
                .startsWith("stop")
                .contains("\"size\":\"3\"")
                .doesNotContain("secrets.key");
        var start = refusedToCall("start", vm);
        assertThat(start.toString()).contains("'image' of the vm must be a path below");
        inventory.removeDetail(vm, "image");
        admin.post("/api/v1/operations/" + start.path("id").asText() + "/retry").expecting(200);
        assertThat(awaitEnd(start).path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(inventory.ask("delete", vm).path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(String.join("\n", called())).doesNotContain("secrets.key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"keys/secrets.key", "drover.mv.db", "../x", ""})
    void noTemplateOfferingOrVmLeadsToTheServersHome(String file) {
        var path = HOME.resolve(file).toString();
        var image = Map.of("image", path);
        admin.post("/api/v1/hosts", host(Map.of())).expecting(201);

        var template = Map.of("name", unique("t"), "extension", extension, "details", image);
        assertThat(pointers(resourceAdmin.post("/api/v1/templates", template).expecting(400)))
                .containsExactly("/details/image");
        var plain = unique("t");
        admin.post("/api/v1/templates", Map.of("name", plain)).expecting(201);
        var unbound = unique("t");
        resourceAdmin
                .post("/api/v1/templates", Map.of("name", unbound, "details", image))
                .expecting(201);
        var offering = unique("o");
        var size = Map.of("name", offering, "cpus", 1, "cpuSpeedMhz", 100, "memoryMib", 64, "details", image);
        resourceAdmin.post("/api/v1/service-offerings", size).expecting(201);

        assertThat(pointers(deploy(unbound, "small", Map.of()).expecting(400)))
                .containsExactly("/template/details/image");
        assertThat(pointers(deploy(plain, offering, Map.of()).expecting(400)))
                .containsExactly("/serviceOffering/details/image");
        assertThat(pointers(deploy(plain, "small", image).expecting(400))).containsExactly("/details/image");
    }

    @Test
    void aUserSetsOnlyWhatAVmMayHave() {
        admin.post("/api/v1/hosts", host(Map.of())).expecting(201);
        var vm = deployed(Map.of());
        for (var details : List.of(
                Map.of("size", "10"), Map.of("endpoint", "https://evil.invalid"), Map.of("image", "/etc/shadow"))) {
            var refused =
                    admin.patch("/api/v1/vms/" + vm, Map.of("details", details)).expecting(400);
            assertThat(pointers(refused))
                    .containsExactly("/details/" + details.keySet().iterator().next());
        }
        admin.patch("/api/v1/vms/" + vm, Map.of("details", Map.of("size", "9", "anything", "else")))
                .expecting(200);
    }

    @Test
    void onlyAnAdminWidensWhoMayRunAnAction() {
        var actions = "/api/v1/extensions/" + extension + "/actions";
        var own = Map.of("name", "Mine", "allowedRoleTypes", List.of("Admin"), "details", Map.of("pool", "a"));
        admin.post(actions, own).expecting(201);

        resourceAdmin
                .patch(actions + "/Secret", roles("Admin", "ResourceAdmin"))
                .expecting(409);
        for (var changes : List.of(
                roles("Admin", "ResourceAdmin"),
                roles("User"),
                Map.of("parameters", List.of(Map.of("name", "p"))),
                Map.of("details", Map.of("pool", "b")),
                Map.of("timeout", 5),
                Map.of("repeatable", true))) {
            resourceAdmin.patch(actions + "/Mine", changes).expecting(403);
        }
        resourceAdmin.post(actions, Map.of("name", "Other")).expecting(403);
        resourceAdmin.delete(actions + "/Mine").expecting(403);
        resourceAdmin.patch(actions + "/Mine", Map.of("enabled", false)).expecting(200);
        resourceAdmin.patch(actions + "/Mine", Map.of("enabled", true)).expecting(403);
        admin.patch(actions + "/Mine", roles("Admin", "ResourceAdmin", "User")).expecting(200);
        resourceAdmin.patch(actions + "/Mine", roles("Admin", "User")).expecting(200);
        resourceAdmin
                .patch(actions + "/Mine", roles("Admin", "User", "ResourceAdmin"))
                .expecting(403);
    }

    /** The operation as it is when it has failed, or waits for somebody to mend what is wrong. */
    private JsonNode refusedToCall(String verb, String vm) {
        var id = inventory.begin(verb, vm).expecting(202).path("id").asText();
        return await().until(() -> admin.get("/api/v1/operations/" + id).json(), now -> List.of("WAITING", "FAILED")
                .contains(now.path("state").asText()));
    }

    private JsonNode awaitEnd(JsonNode operation) {
        var path = "/api/v1/operations/" + operation.path("id").asText();
        return await().until(() -> admin.get(path).json(), now -> List.of("SUCCEEDED", "FAILED", "CANCELLED")
                .contains(now.path("state").asText()));
    }

    private static Map<String, Object> roles(String... roles) {
        return Map.of("allowedRoleTypes", List.of(roles));
    }

    private void extensionHas(Map<String, String> details) {
        admin.patch("/api/v1/extensions/" + extension, Map.of("details", details))
                .expecting(200);
    }

    private void extensionHasByAnotherDoor(String name, String value) {
        jdbc.sql("INSERT INTO detail (owner_type, owner_id, name, val, secret)"
                        + " SELECT 'EXTENSION', id, ?, ?, FALSE FROM extension WHERE name = ?")
                .params(name, value, extension)
                .update();
    }

    private Map<String, Object> host(Map<String, String> details) {
        return Map.of("name", place, "cluster", place, "details", details);
    }

    private String mapping() {
        return "/api/v1/extensions/" + extension + "/clusters/" + place;
    }

    private Answer deploy(String template, String offering, Map<String, String> details) {
        var vm = Map.of(
                "name",
                unique("vm"),
                "template",
                template,
                "serviceOffering",
                offering,
                "cluster",
                place,
                "details",
                details);
        return admin.post("/api/v1/vms", vm);
    }

    private String deployed(Map<String, String> details) {
        var template = unique("t");
        admin.post("/api/v1/templates", Map.of("name", template)).expecting(201);
        var operation = admin.done(deploy(template, "small", details));
        assertThat(operation.path("state").asText()).as(operation.toString()).isEqualTo("SUCCEEDED");
        return operation.path("vm").asText();
    }

    private List<String> called() throws IOException {
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    private static TreeSet<String> pointers(JsonNode problem) {
        var pointers = new TreeSet<String>();
        StreamSupport.stream(problem.path("errors").spliterator(), false)
                .map((JsonNode error) -> error.path("pointer").asText())
                .forEach(pointers::add);
        return pointers;
    }
}
