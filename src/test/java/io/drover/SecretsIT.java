package io.drover;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.inventory.DetailOwner;
import io.drover.inventory.Details;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;

/** Secrets reach the program they are for, and nobody else. */
@ExtendWith(OutputCaptureExtension.class)
@Tag("matrix")
class SecretsIT extends WholeApplication {
    private static final String TELLTALE = """
            #!/bin/sh
            case $1 in
            prepare) printf '{"vncPassword":"%s","details":{"root_password":"%s"}}' VNC ROOT ;;
            create) cat "$2"; cat "$2" >&2; grep -q VNC "$2" && grep -q ROOT "$2" && exit 3; exit 9 ;;
            stop) printf '{"status":"error","error":"cannot log in with VNC and %s"}' \\
                "$(sed 's/.*"host_password":"\\([^"]*\\)".*/\\1/' "$2")"; exit 1 ;;
            *) cat "$2" ;;
            esac
            """;

    private final List<String> secrets = new ArrayList<>();

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    Details details;

    @Test
    void noSecretIsToldToAnybodyButTheProgram(CapturedOutput log) throws IOException {
        var vncPassword = secret().substring(0, 8);
        secrets.set(0, vncPassword);
        var rootPassword = secret();
        var program = TELLTALE.replace("VNC", vncPassword).replace("ROOT", rootPassword);
        var extension = inventory.extension(program, "prepare: true", "secretDetails: [license]");
        var site = inventory.site(extension);
        hide("/api/v1/extensions/" + extension, "ext_password", "license");
        hide("/api/v1/extensions/" + extension + "/clusters/" + site.name(), "map_token");
        hide("/api/v1/hosts/" + site.name(), "host_password");
        hide("/api/v1/templates/" + site.name(), "template_secret");
        var offering = unique("o");
        admin.post(
                        "/api/v1/service-offerings",
                        "{\"name\":\"%s\",\"cpus\":1,\"cpuSpeedMhz\":1000,\"memoryMib\":64}".formatted(offering))
                .expecting(201);
        hide("/api/v1/service-offerings/" + offering, "offering_api_key");
        var wish = Map.of(
                "name", unique("vm"),
                "template", site.name(),
                "serviceOffering", offering,
                "cluster", site.name(),
                "networks", List.of(site.name()),
                "details", Map.of("vm_password", secret(), "quoted_password", "a\"b\\" + secret()));

        var operation = admin.done(admin.post("/api/v1/vms", wish));

        assertThat(operation.path("state").asText()).as(operation.toString()).isEqualTo("FAILED");
        var id = operation.path("id").asText();
        assertThat(admin.action(id, "deploy").path("exitCode").asInt())
                .as("the program did get its secrets")
                .isEqualTo(3);
        assertThat(admin.action(id, "deploy").path("payload").toString()).contains("******");
        assertThat(secrets).hasSize(10);
        nothingIn(
                "answers",
                answers(site, extension, offering, operation.path("vm").asText(), id));
        nothingIn("the log", log.getAll());
        nothingIn("the database", database());
        nothingLeftInFiles();
        assertThat(inventory
                        .ask("delete", operation.path("vm").asText())
                        .path("state")
                        .asText())
                .isEqualTo("SUCCEEDED");
        nothingIn(
                "answers",
                answers(site, extension, offering, operation.path("vm").asText(), id));
        nothingIn("the log", log.getAll());
        nothingIn("the database", database());
        nothingLeftInFiles();
    }

    @Test
    void reservedDetailsAreForAdminsOnlyInActionsToo() throws IOException {
        var extension = inventory.extension(
                "#!/bin/sh\ncat \"$2\"; cat \"$2\" >&2\n[ $1 != stop ] || exit 1\n", "reservedDetails: [slot]");
        var site = inventory.site(extension);
        var name = account("User", "/");
        var user = DroverClient.basic(server, name, PASSWORD);
        var begun = user.done(user.post("/api/v1/vms", Inventory.vm(site, Map.of("how", "plain"))));
        var vm = begun.path("vm").asText();
        inventory.detail(vm, "slot", "slot-4711");

        var stopped = admin.done(admin.post("/api/v1/vms/" + vm + "/stop"));

        var id = stopped.path("id").asText();
        var action = admin.action(id, "stop").path("id").asText();
        for (var path : List.of("vms/" + vm, "operations/" + id, "operations", "actions/" + action, "actions")) {
            assertThat(user.get("/api/v1/" + path).expecting(200).toString())
                    .as(path)
                    .contains(path.startsWith("vms") ? "how" : id)
                    .doesNotContain("slot-4711");
        }
        assertThat(admin.get("/api/v1/actions/" + action).text()).contains("slot-4711");
    }

    @Test
    void warnsOfAShortSecret() {
        var name = unique("c");
        admin.post("/api/v1/clusters", Map.of("name", name)).expecting(201);
        var host = Map.of("name", name, "cluster", name, "details", Map.of("pin_password", "q7zx"));

        var answer = admin.post("/api/v1/hosts", host);

        answer.expecting(201);
        assertThat(answer.headers().firstValue("Warning").orElse(""))
                .contains("'pin_password' has fewer than six characters")
                .doesNotContain("q7zx");
        var entry = admin.get("/api/v1/history?kind=secret.short&limit=1")
                .expecting(200)
                .toString();
        assertThat(entry).contains("pin_password").doesNotContain("q7zx");
    }

    @Test
    void aUrlWithCredentialsIsShownWithoutThemAndKeepsThem() {
        var name = unique("c");
        var secret = secret();
        admin.post("/api/v1/clusters", Map.of("name", name)).expecting(201);
        var url = "https://svc:" + secret + "@api.example/v1?zone=a";
        admin.post("/api/v1/hosts", Map.of("name", name, "cluster", name, "details", Map.of("endpoint", url)))
                .expecting(201);

        var shown = admin.get("/api/v1/hosts/" + name)
                .expecting(200)
                .at("/details/endpoint")
                .asText();

        assertThat(shown).isEqualTo("https://******@api.example/v1?zone=a");
        admin.patch("/api/v1/hosts/" + name, Map.of("details", Map.of("endpoint", shown, "more", "x")))
                .expecting(200);
        assertThat(details.of(DetailOwner.HOST, hostId(name))).containsEntry("endpoint", url);
        admin.patch("/api/v1/hosts/" + name, Map.of("details", Map.of("endpoint", "https://******@other.example/")))
                .expecting(400);
        nothingIn("the database", database());
    }

    private UUID hostId(String name) {
        return UUID.fromString(
                admin.get("/api/v1/hosts/" + name).expecting(200).path("id").asText());
    }

    private String secret() {
        var secret = UUID.randomUUID().toString().replace("-", "");
        secrets.add(secret);
        return secret;
    }

    private void hide(String path, String... names) {
        var details = new TreeMap<String, String>();
        for (var name : names) {
            details.put(name, secret());
        }
        var answer = admin.patch(path, Map.of("details", details));
        answer.expecting(200);
        nothingIn(path, answer.text());
    }

    private String answers(Inventory.Site site, String extension, String offering, String vm, String operation) {
        var paths = new ArrayList<>(List.of(
                "vms/" + vm,
                "operations?limit=1000",
                "operations/" + operation,
                "actions?limit=1000",
                "history?limit=1000",
                "extensions",
                "extensions/" + extension,
                "extensions/" + extension + "/clusters",
                "clusters/" + site.name(),
                "hosts/" + site.name(),
                "templates/" + site.name(),
                "service-offerings/" + offering));
        admin.actions(operation)
                .forEach(action -> paths.add("actions/" + action.path("id").asText()));
        var all = new StringBuilder();
        for (var path : paths) {
            all.append(admin.get("/api/v1/" + path).expecting(200));
        }
        return all.toString();
    }

    private String database() {
        return String.join("\n", jdbc.queryForList("SCRIPT", String.class));
    }

    private void nothingLeftInFiles() throws IOException {
        try (var files = Files.walk(HOME)) {
            for (var file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(EXTENSIONS))
                    .toList()) {
                nothingIn(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
    }

    private void nothingIn(String where, String text) {
        for (var secret : secrets) {
            var hex = HexFormat.of().formatHex(secret.getBytes(StandardCharsets.UTF_8));
            assertThat(text.contains(secret) || text.contains(hex))
                    .as("%s has secret %s", where, secrets.indexOf(secret))
                    .isFalse();
        }
    }
}
