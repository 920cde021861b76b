package io.drover;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.DroverClient.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;

/** Custom actions from their definition to what comes back. */
@Tag("matrix")
@ExtendWith(OutputCaptureExtension.class)
class CustomActionIT extends WholeApplication {
    private static final String PROGRAM = """
            #!/bin/sh
            case $1 in
            'Say It') printf '{"status":"success","printmessage":"true","message":'; cat "$2"; printf '}'; cat "$2" >&2 ;;
            Refuse) printf '{"status":"error","error":"no room on tray %s"}' "$(sed 's/.*"tray":\\([0-9]*\\).*/\\1/' "$2")"; exit 1 ;;
            Slow) sleep 60 ;;
            Words) echo 'plain words' ;;
            Many) printf '{"printmessage":true,"message":['
                i=0; while [ $i -lt 3000 ]; do printf '{"row":%s,"text":"abcdefghijklmnopqrstuvwxyz"},' $i; i=$((i + 1)); done
                printf '{"row":-1}]}' ;;
            *) printf '{"status":"success"}' ;;
            esac
            """;
    private static final String ALL = "allowedRoleTypes: [Admin, ResourceAdmin, DomainAdmin, User]";
    private static final String[] MANIFEST = {
        "maxTimeouts: {default: 30}",
        "customActions:",
        "  - {name: Say It, " + ALL + ", timeout: 3600, details: {mode: loud, action_token: tok-4711-tok},",
        "     successMessage: '{{extensionName}} did {{actionName}} to {{resourceName}}',",
        "     parameters: [{name: text, required: true}, {name: pin, validationFormat: PASSWORD},",
        "       {name: count, type: NUMBER}, {name: share, type: NUMBER, validationFormat: DECIMAL},",
        "       {name: loud, type: BOOLEAN}, {name: until, type: DATE}, {name: tone, options: [high, low]}]}",
        "  - {name: Refuse, errorMessage: '{{actionName}} has failed', parameters: [{name: tray, type: NUMBER}]}",
        "  - {name: Slow, timeout: 1}",
        "  - {name: Words}",
        "  - {name: Many}",
        "  - {name: Idle, enabled: false, " + ALL + "}"
    };

    @Autowired
    JdbcTemplate jdbc;

    @Test
    void returnsObjectsAndListsAsData() {
        var vm = inventory.running(inventory.site());

        var inspected = done(run(vm, "Inspect", Map.of()));
        assertThat(inspected.path("result").path("success").asBoolean()).isTrue();
        assertThat(inspected.path("result").path("printMessage").asBoolean()).isTrue();
        assertThat(inspected.path("result").path("message").asText())
                .isEqualTo("Inspect is done for " + inspected.path("vmName").asText());
        assertThat(inspected.at("/result/details/power").asText()).isEqualTo("poweron");

        var wish =
                Map.of("snap_name", "a \"b\"", "with_memory", "true", "compression", "9", "keep_until", "2027-01-31");
        var created = done(run(vm, "CreateSnapshot", wish));
        assertThat(created.at("/result/details").toString())
                .isEqualTo(
                        "{\"name\":\"a \\\"b\\\"\",\"with_memory\":true,\"compression\":9,\"keep_until\":\"2027-01-31\"}");
        assertThat(created.path("result").path("message").asText()).startsWith("Simulator has taken a snapshot of ");
        done(run(vm, "CreateSnapshot", Map.of("snap_name", "second")));
        assertThat(done(run(vm, "ListSnapshots", Map.of()))
                        .at("/result/details")
                        .findValuesAsText("name"))
                .containsExactly("a \"b\"", "second");
        assertThat(admin.vm(vm).path("state").asText()).isEqualTo("Running");
    }

    @Test
    void asksForAStoppedVmAndLeavesItStopped() {
        var vm = inventory.running(inventory.site());
        inventory.ask("stop", vm);

        var operation = done(run(vm, "Inspect", Map.of()));

        assertThat(operation.at("/result/details/power").asText()).isEqualTo("poweroff");
        assertThat(admin.vm(vm).path("state").asText()).isEqualTo("Stopped");
    }

    @Test
    void tellsTheProgramItsNameTypedParametersAndDetails() throws IOException {
        var vm = running();
        var wish = """
                {"parameters":{"text":"hi","count":"5","share":0.12345678901234567890,"loud":"true",
                 "until":"2026-05-31T10:30:00+02:00","tone":"low"}}
                """;

        var operation = done(admin.post(path(vm, "Say It"), wish));

        assertThat(operation.path("verb").asText()).isEqualTo("custom-action");
        assertThat(operation.path("customAction").asText()).isEqualTo("Say It");
        assertThat(operation.path("parameters").path("count").toString()).isEqualTo("5");
        assertThat(operation.at("/result/details/parameters").toString()).contains("\"count\":5,");
        assertThat(admin.get("/api/v1/operations/" + operation.path("id").asText())
                        .text())
                .contains("\"share\":0.12345678901234567890,");
        assertThat(operation.at("/result/details/action").asText()).isEqualTo("Say It");
        assertThat(operation.at("/result/details/externaldetails/action/mode").asText())
                .isEqualTo("loud");
        assertThat(operation.at("/result/message").asText())
                .matches("X-\\w+ did Say It to " + operation.path("vmName").asText());
        var action = admin.action(operation.path("id").asText(), "Say It");
        assertThat(action.path("wireVerb").asText()).isEqualTo("Say It");
        assertThat(action.path("timeoutSeconds").asInt()).isEqualTo(30);
        assertThat(action.path("result")).isEqualTo(operation.path("result"));
    }

    @Test
    void keepsPasswordsFromEverybodyButTheProgram(CapturedOutput log) throws IOException {
        var vm = running();
        var pin = UUID.randomUUID().toString();

        var accepted = run(vm, "Say It", Map.of("text", "hi", "pin", pin));
        assertThat(accepted.text()).doesNotContain(pin);
        var operation = done(accepted);
        var id = operation.path("id").asText();

        assertThat(operation.path("parameters").path("pin").asText()).isEqualTo("******");
        assertThat(operation.at("/result/details/parameters/pin").asText()).isEqualTo("******");
        assertThat(operation
                        .at("/result/details/externaldetails/action/action_token")
                        .asText())
                .isEqualTo("******");
        var action = admin.action(id, "Say It");
        assertThat(action.path("outputBytes").asInt())
                .as("the program did get the password")
                .isGreaterThan(action.path("output").asText().getBytes(StandardCharsets.UTF_8).length);
        var refused = Problems.check(run(vm, "Say It", Map.of("text", "hi", "pin", List.of(pin))), 400);
        assertThat(refused.toString()).contains("/parameters/pin").doesNotContain(pin);
        for (var secret : List.of(pin, "tok-4711-tok")) {
            nothingIn(
                    "the records",
                    operation
                            + action.toString()
                            + admin.get("/api/v1/history?limit=1000").text(),
                    secret);
            nothingIn("the log", log.getAll(), secret);
            nothingIn("the database", String.join("\n", jdbc.queryForList("SCRIPT", String.class)), secret);
        }
        assertThat(jdbc.queryForList("SELECT sealed_parameters FROM operation WHERE sealed_parameters IS NOT NULL"))
                .isEmpty();
    }

    @Test
    void refusesBeforeAnythingChanges() throws IOException {
        var user = account("User", "/");
        var owner = DroverClient.basic(server, user, PASSWORD);
        var site = inventory.site(inventory.extension(PROGRAM, MANIFEST));
        var operation = owner.done(owner.post("/api/v1/vms", Inventory.vm(site, Map.of())));
        var vm = operation.path("vm").asText();
        var stranger = caller("User", "/");

        type(Problems.check(stranger.post(path(vm, "Say It"), "{}"), 404), "vm-not-found");
        var unknown = Problems.check(owner.post(path(vm, "Fly"), "{}"), 404);
        type(unknown, "custom-action-not-found");
        assertThat(unknown.path("detail").asText()).endsWith("you may run Say It");
        type(Problems.check(owner.post(path(vm, "Idle"), "{}"), 409), "custom-action-disabled");
        var forbidden = Problems.check(owner.post(path(vm, "Words"), "{}"), 403);
        assertThat(forbidden.path("detail").asText()).contains("'Words' is for the roles Admin, not for User");
        var wrong = Problems.check(
                owner.post(path(vm, "Say It"), "{\"parameters\":{\"count\":5.0,\"tone\":\"mid\",\"other\":\"x\"}}"),
                400);
        assertThat(wrong.path("errors").findValuesAsText("pointer"))
                .containsExactly("/parameters/text", "/parameters/count", "/parameters/tone", "/parameters/other");
        assertThat(wrong.path("errors").path(1).path("value").toString()).isEqualTo("5.0");
        assertThat(wrong.path("detail").asText()).contains("must be one of high, low");
        Problems.check(owner.post(path(vm, "Say It"), "{\"parameters\":[]}"), 400);

        assertThat(owner.get("/api/v1/operations?vm=" + vm).expecting(200).path("items"))
                .hasSize(1);
        var allowed = owner.get("/api/v1/vms/" + vm + "/actions").expecting(200).path("items");
        assertThat(allowed.findValuesAsText("name")).startsWith("Say It").doesNotContain("Words", "Idle");
        assertThat(admin.get("/api/v1/vms/" + vm + "/actions").expecting(200).path("items"))
                .hasSize(5);
        var mine = owner.done(owner.post(path(vm, "Say It"), "{\"parameters\":{\"text\":\"hi\"}}"));
        assertThat(mine.at("/result/details/caller/roletype").asText()).isEqualTo("User");
        Problems.check(stranger.get("/api/v1/vms/" + vm + "/actions"), 404);
    }

    @Test
    void saysWhyItFailed() throws IOException {
        var vm = running();

        var refused = admin.done(run(vm, "Refuse", Map.of("tray", 7)));
        assertThat(refused.path("state").asText()).isEqualTo("FAILED");
        assertThat(refused.path("result").toString())
                .isEqualTo("{\"success\":false,\"message\":\"Refuse has failed\",\"printMessage\":false,"
                        + "\"details\":\"no room on tray 7\"}");
        assertThat(refused.path("error").path("message").asText()).endsWith("no room on tray 7");

        var slow = admin.done(run(vm, "Slow", Map.of()));
        assertThat(slow.path("state").asText()).isEqualTo("FAILED");
        assertThat(slow.path("error").path("code").asText()).isEqualTo("timed-out");
        assertThat(slow.path("result").path("details").asText()).contains("timeout of 1 s");
        assertThat(admin.actions(slow.path("id").asText())).hasSize(1);
        assertThat(admin.vm(vm).path("state").asText()).isEqualTo("Running");
    }

    @Test
    void returnsTextAsItIsAndLimitsLongLists() throws IOException {
        var vm = running();

        var words = admin.done(admin.post(path(vm, "Words")));
        assertThat(words.path("result").path("printMessage").asBoolean(true)).isFalse();
        assertThat(words.path("result").path("details").asText()).isEqualTo("plain words");
        var many = done(run(vm, "Many", Map.of())).path("result");
        assertThat(many.path("details").isArray()).isTrue();
        assertThat(many.path("details").size()).isBetween(1000, 2000);
        assertThat(many.path("note").asText())
                .isEqualTo("Only the first " + many.path("details").size() + " of 3001 elements are here");
    }

    @Test
    void runsWhatPeopleDefineAndOnlyOncePerKey() throws IOException {
        var extension = inventory.extension(PROGRAM, MANIFEST);
        var vm = inventory.running(inventory.site(extension));
        var actions = "/api/v1/extensions/" + extension + "/actions";
        var own = admin.post(actions, "{\"name\":\"Own One\",\"details\":{\"own_secret\":\"hidden-9\"}}")
                .expecting(201);
        assertThat(own.path("details").path("own_secret").asText()).isEqualTo("******");
        type(Problems.check(admin.post(actions, "{\"name\":\"Own One\"}"), 409), "custom-action-exists");

        var key = new String[] {"Idempotency-Key", unique("k")};
        var first = admin.post(path(vm, "Own One"), "{}", key).expecting(202);
        assertThat(admin.post(path(vm, "Own One"), "{}", key).expecting(202).path("id"))
                .isEqualTo(first.path("id"));
        type(Problems.check(admin.post(path(vm, "Words"), "{}", key), 409), "idempotency-key-reused");
        admin.awaitEnd(first.path("id").asText());

        type(Problems.check(admin.delete(actions + "/Words"), 409), "custom-action-from-manifest");
        type(Problems.check(admin.patch(actions + "/Words", "{\"timeout\":5}"), 409), "custom-action-from-manifest");
        admin.patch(actions + "/Words", "{\"enabled\":false}").expecting(200);
        admin.post("/api/v1/extensions/rescan").expecting(200);
        type(Problems.check(run(vm, "Words", Map.of()), 409), "custom-action-disabled");
        admin.delete(actions + "/Own%20One").expecting(204);
        type(Problems.check(run(vm, "Own One", Map.of()), 404), "custom-action-not-found");
        assertThat(admin.get("/api/v1/history?limit=50&subjectType=custom-action")
                        .text())
                .contains("custom-action.created", "custom-action.updated", "custom-action.deleted")
                .doesNotContain("hidden-9");
    }

    @Test
    void startedByHandPassesTheSameChecks() throws IOException {
        var vm = running();

        refused(start(vm, Map.of()), "needs the variable 'action'");
        refused(start(vm, Map.of("action", "Fly")), "has no custom action 'Fly'");
        refused(start(vm, Map.of("action", "Say It", "parameters", "{}")), "/parameters/text");
        refused(start(vm, Map.of("action", "Say It", "parameters", "[]")), "must be a JSON object");
        refused(
                start(vm, Map.of("action", "Say It", "parameters", "{\"text\":\"x\",\"pin\":\"s3cr3t-pin\"}")),
                "secret");
        var started = start(vm, Map.of("action", "Say It", "parameters", "{\"text\":\"by hand\"}"))
                .expecting(200);

        var operation = admin.awaitEnd(started.path("businessKey").asText());
        assertThat(operation.path("state").asText()).as(operation.toString()).isEqualTo("SUCCEEDED");
        assertThat(operation.at("/result/details/parameters/text").asText()).isEqualTo("by hand");
        nothingIn("the database", String.join("\n", jdbc.queryForList("SCRIPT", String.class)), "s3cr3t-pin");
    }

    @Test
    void aDiagramCanNameOne() throws IOException {
        var vm = running();
        var diagram = Files.readString(Path.of("bpmn/vm-reboot.bpmn"));
        load(diagram.replace("<camunda:string>reboot</camunda:string>", "<camunda:string>Say It</camunda:string>"));
        try {
            var operation = inventory.ask("reboot", vm);

            assertThat(operation.path("state").asText())
                    .as(operation.toString())
                    .isEqualTo("SUCCEEDED");
            var action = admin.action(operation.path("id").asText(), "Say It");
            assertThat(action.path("timeoutSeconds").asInt()).isEqualTo(30);
            assertThat(action.at("/payload/externaldetails/action/mode").asText())
                    .isEqualTo("loud");
            assertThat(action.path("payload").has("parameters")).isFalse();
            assertThat(action.at("/result/details/action").asText()).isEqualTo("Say It");
            assertThat(operation.has("result")).isFalse();
        } finally {
            load(diagram);
        }
    }

    private String running() throws IOException {
        return inventory.running(inventory.site(inventory.extension(PROGRAM, MANIFEST)));
    }

    private Answer run(String vm, String action, Map<String, ?> parameters) {
        return admin.post(path(vm, action), Map.of("parameters", parameters));
    }

    private static String path(String vm, String action) {
        return "/api/v1/vms/" + vm + "/actions/" + action.replace(" ", "%20");
    }

    private JsonNode done(Answer accepted) {
        var operation = admin.done(accepted);
        assertThat(operation.path("state").asText()).as(operation.toString()).isEqualTo("SUCCEEDED");
        return operation;
    }

    private Answer start(String vm, Map<String, String> more) {
        var variables = new java.util.HashMap<String, Object>();
        variables.put("vm", Map.of("value", vm, "type", "String"));
        more.forEach((name, value) -> variables.put(name, Map.of("value", value, "type", "String")));
        return admin.post("/engine-rest/process-definition/key/vm-custom-action/start", Map.of("variables", variables));
    }

    private void load(String diagram) {
        admin.send(
                        "PUT",
                        "/api/v1/processes/vm-reboot/diagram",
                        "application/xml",
                        diagram.getBytes(StandardCharsets.UTF_8))
                .expecting(200);
    }

    private static void refused(Answer answer, String why) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().path("message").asText()).contains(why);
    }

    private static void type(JsonNode problem, String slug) {
        assertThat(problem.path("type").asText()).as(problem.toString()).isEqualTo("/problems/" + slug);
    }

    private static void nothingIn(String where, String text, String secret) {
        var hex = HexFormat.of().formatHex(secret.getBytes(StandardCharsets.UTF_8));
        assertThat(text.contains(secret) || text.contains(hex)).as(where).isFalse();
    }
}
