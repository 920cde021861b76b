package io.drover;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.extension.Archives;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;

/** One VM's life among secrets at every level, and what the doors say of it afterwards. */
final class LeakLife {
    /** The places that would have secrets if nothing were masked. */
    static final Set<String> MASKED = Set.of(
            "actions as Admin",
            "actions as User",
            "operations as Admin",
            "operations as User",
            "history as Admin",
            "log",
            "column ACTION.PAYLOAD",
            "column ACTION.OUTPUT",
            "column ACTION.ERROR_OUTPUT",
            "column ACTION.ERROR_MESSAGE",
            "column ACTION.ANSWER",
            "column ACTION.RESULT",
            "column OPERATION.ERROR_MESSAGE",
            "column HISTORY.BODY",
            "column VERIFICATION.REPORT",
            "database file");

    private static final String MANIFEST = """
            manifestVersion: 1
            name: %s
            version: "%s"
            type: Orchestrator
            entry: tell.py
            prepare: true
            secretDetails: [%s]
            details: {initial_secret: '%s'}
            configuration:
              extension:
                wallet: {type: password, default: '%s'}
              host:
                kind_of_key: {type: password}
            customActions:
              - name: Tell
                allowedRoleTypes: [Admin, User]
                details: {action_token: '%s'}
                parameters: [{name: given, validationFormat: PASSWORD}]
            conformance:
              details:
                host: {kit_password: '%s'}
            """;

    private final DroverClient admin;
    private final URI server;
    private final Path extensions;
    private final LeakedSecrets secrets;
    private String name = "";
    private DroverClient user;

    LeakLife(DroverClient admin, URI server, Path extensions, LeakedSecrets secrets) {
        this.admin = admin;
        this.server = server;
        this.extensions = extensions;
        this.secrets = secrets;
        this.user = admin;
    }

    void run() {
        name = WholeApplication.unique("L");
        account();
        foreign();
        upload("1", "oldword");
        var defaults = Map.of("oldword", secrets.plant("detail of an earlier manifest"));
        admin.patch("/api/v1/extensions/" + name, Map.of("details", defaults)).expecting(200);
        upload("2", "newword");
        levels();
        deploy("fails", "FAILED");
        var vm = deploy("works", "SUCCEEDED");
        settle(admin.post("/api/v1/vms/" + vm + "/status").expecting(202));
        var tell = user.post(
                "/api/v1/vms/" + vm + "/actions/Tell",
                Map.of("parameters", Map.of("given", secrets.plant("parameter"))),
                "Idempotency-Key",
                "tell-" + name);
        settle(tell.expecting(202));
        settle(admin.post("/api/v1/vms/" + vm + "/stop").expecting(202));
        admin.post(
                "/api/v1/vms", "{\"name\": \"x\", \"details\": {\"pw_password\": " + secrets.plain("bad JSON") + "}}");
        verify();
    }

    private String deploy(String how, String state) {
        var wish = Map.of(
                "name",
                WholeApplication.unique("vm"),
                "template",
                name,
                "serviceOffering",
                name,
                "cluster",
                name,
                "networks",
                List.of(name),
                "details",
                Map.of(
                        "how",
                        how,
                        "vm_password",
                        secrets.plant("VM that " + how),
                        "lines_secret",
                        secrets.lines("VM that " + how + ", several lines"),
                        "place",
                        "https://svc:" + secrets.plain("VM that " + how + ", URL") + "@host/x"));
        var operation = user.done(user.post("/api/v1/vms", wish, "Idempotency-Key", how + name));
        assertThat(operation.path("state").asText())
                .as(operation.toPrettyString())
                .isEqualTo(state);
        return operation.path("vm").asText();
    }

    /** What each door says, to whom. */
    Map<String, String> answers() {
        Map<String, String> answers = new LinkedHashMap<>();
        for (var who : List.of("Admin", "User")) {
            var client = who.equals("Admin") ? admin : user;
            for (var list : List.of(
                    "vms",
                    "operations",
                    "actions",
                    "history",
                    "extensions",
                    "clusters",
                    "hosts",
                    "templates",
                    "service-offerings",
                    "networks",
                    "api-keys",
                    "accounts")) {
                answers.put(list + " as " + who, everything(client, list));
            }
        }
        answers.put(
                "verifications as Admin",
                admin.get("/api/v1/extensions/" + name + "/verifications").text());
        answers.put(
                "custom actions as Admin",
                admin.get("/api/v1/extensions/" + name + "/actions").text());
        answers.put(
                "mappings as Admin",
                admin.get("/api/v1/extensions/" + name + "/clusters").text());
        answers.put(
                "versions as Admin",
                admin.get("/api/v1/extensions/" + name + "/versions").text());
        return answers;
    }

    private String everything(DroverClient client, String list) {
        var page = client.get("/api/v1/" + list + "?limit=500");
        var text = new StringBuilder(page.text());
        if (page.status() == 200 && Set.of("vms", "operations", "actions").contains(list)) {
            for (var item : page.json().path("items")) {
                text.append(client.get("/api/v1/" + list + "/" + item.path("id").asText())
                        .text());
            }
        }
        return text.toString();
    }

    private void account() {
        var password = secrets.plant("account");
        admin.post(
                        "/api/v1/accounts",
                        Map.of("name", name.toLowerCase(), "role", "User", "domain", "/", "password", password))
                .expecting(201);
        user = DroverClient.basic(server, name.toLowerCase(), password);
        var key = user.post("/api/v1/api-keys", Map.of("label", "k"))
                .expecting(201)
                .path("key")
                .asText();
        if (key.length() > 45) {
            secrets.add("API key", key.substring(key.length() - 43));
            user = DroverClient.apiKey(server, key);
        }
    }

    private void foreign() {
        install(name + "-foreign", "codeword", "1");
    }

    private void levels() {
        admin.post("/api/v1/clusters", Map.of("name", name)).expecting(201);
        admin.post(
                        "/api/v1/hosts",
                        Map.of(
                                "name",
                                name,
                                "cluster",
                                name,
                                "details",
                                Map.of(
                                        "host_password", secrets.plant("host"),
                                        "codeword", secrets.plant("host, foreign manifest"),
                                        "kind_of_key", secrets.plant("host, type password"),
                                        "endpoint", "https://" + secrets.plain("host, URL") + "@api.example/v1")))
                .expecting(201);
        admin.post(
                        "/api/v1/templates",
                        Map.of("name", name, "details", Map.of("template_token", secrets.plant("template"))))
                .expecting(201);
        admin.post(
                        "/api/v1/service-offerings",
                        Map.of(
                                "name",
                                name,
                                "cpus",
                                1,
                                "cpuSpeedMhz",
                                1000,
                                "memoryMib",
                                64,
                                "details",
                                Map.of("offering_api_key", secrets.plant("offering"))))
                .expecting(201);
        admin.post("/api/v1/networks", Map.of("name", name, "cidr", "192.168.9.0/24", "vlan", 9))
                .expecting(201);
        admin.post(
                        "/api/v1/extensions/" + name + "/clusters",
                        Map.of("cluster", name, "details", Map.of("map_credential", secrets.plant("resource map"))))
                .expecting(201);
    }

    private void upload(String version, String secretNames) {
        var files = new LinkedHashMap<String, String>();
        files.put("extension.yaml", manifest(name, version, secretNames));
        files.put("tell.py", program() + "# " + version + "\n");
        try {
            var answer = admin.send(
                    "POST",
                    "/api/v1/extensions/packages?verify=NONE",
                    "application/zip",
                    Archives.zip(files).readAllBytes());
            assertThat(answer.status()).as(answer.text()).isLessThan(300);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void install(String extension, String secretNames, String version) {
        try {
            var folder = Files.createDirectories(extensions.resolve(extension));
            Files.writeString(folder.resolve("extension.yaml"), manifest(extension, version, secretNames));
            Files.setPosixFilePermissions(
                    Files.writeString(folder.resolve("tell.py"), program()),
                    PosixFilePermissions.fromString("rwxr-xr-x"));
            admin.post("/api/v1/extensions/rescan").expecting(200);
            admin.get("/api/v1/extensions/" + extension).expecting(200);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String manifest(String extension, String version, String secretNames) {
        var where = extension + " " + version + ", ";
        return MANIFEST.formatted(
                extension,
                version,
                secretNames,
                secrets.plain(where + "initial detail"),
                secrets.plain(where + "default"),
                secrets.plain(where + "custom action"),
                secrets.plain(where + "kit"));
    }

    private static String program() {
        try (var program = LeakLife.class.getResourceAsStream("/leak/tell.py")) {
            return new String(program.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void verify() {
        var details = Map.of("host", Map.of("given_password", secrets.plant("kit, given")));
        var begun = admin.post(
                        "/api/v1/extensions/" + name + "/verify", Map.of("level", "protocol", "details", details))
                .expecting(202);
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> !admin.get("/api/v1/extensions/" + name
                        + "/verifications/" + begun.path("id").asText())
                .json()
                .path("state")
                .asText()
                .equals("RUNNING"));
    }

    /** Waits until an operation has ended or is held up; what is held up is cancelled. */
    private void settle(JsonNode begun) {
        var id = begun.path("id").asText();
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> !Set.of("QUEUED", "RUNNING")
                .contains(admin.operation(id).path("state").asText()));
        if (admin.operation(id).path("state").asText().equals("WAITING")) {
            admin.post("/api/v1/operations/" + id + "/cancel");
            admin.awaitEnd(id);
        }
    }
}
