package io.drover;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.DroverClient.Answer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;

/** A secret that a custom action answers reaches who asked, once, and nothing else. */
@ExtendWith(OutputCaptureExtension.class)
class HandedSecretIT extends WholeApplication {
    private static final String SECRET = "Fresh-Ticket-\\\"83\\\"-äöü";
    private static final String PLAIN = "Fresh-Ticket-\"83\"-äöü";
    private static final String FURTHER = "token-of-the-console-52";
    private static final String PROGRAM = """
            #!/bin/sh
            case $1 in
            Reset) echo '{"status":"success","ticket":"%1$s","console":{"key":["%2$s",440117730052918263]},"user":"root"}'; echo 'set %2$s' >&2 ;;
            Show) echo '{"status":"success","printmessage":"true","message":{"user":"root","ticket":"%1$s"}}' ;;
            Lacking) echo '{"status":"success","user":"root"}' ;;
            Failing) echo '{"status":"error","error":"no room","ticket":"%1$s"}'; exit 1 ;;
            Broken) echo '{"status":"success","ticket":"%2$s"'; echo done ;;
            Echo) printf '{"status":"success","ticket":"for %%s"}' "$(sed 's/.*"action_token":"\\([^"]*\\)".*/\\1/' "$2")" ;;
            *) printf '{"status":"success"}' ;;
            esac
            """.formatted(SECRET, FURTHER);
    private static final String ALL = "allowedRoleTypes: [Admin, ResourceAdmin, DomainAdmin, User]";
    private static final String[] MANIFEST = {
        "customActions:",
        "  - {name: Reset, " + ALL + ", secretFields: [ticket, /console/key]}",
        "  - {name: Show, " + ALL + ", secretFields: [/message/ticket]}",
        "  - {name: Lacking, secretFields: [ticket]}",
        "  - {name: Failing, secretFields: [ticket]}",
        "  - {name: Broken, secretFields: [ticket]}",
        "  - {name: Echo, " + ALL + ", secretFields: [ticket], details: {action_token: tok-4711-tok}}"
    };

    @Autowired
    JdbcTemplate jdbc;

    @Test
    void reachesWhoAskedOnceAndNothingElse(CapturedOutput log) throws IOException {
        var owner = caller("User", "/");
        var vm = running(owner);

        var operation = done(owner, vm, "Reset");
        var id = operation.path("id").asText();

        assertThat(operation.at("/result/details").toString())
                .isEqualTo(
                        "{\"status\":\"success\",\"ticket\":\"******\",\"console\":{\"key\":[\"******\",\"******\"]},\"user\":\"root\"}");
        assertThat(operation.at("/result/toFetch/fields").toString()).isEqualTo("[\"ticket\",\"/console/key\"]");
        Problems.check(admin.post(secrets(id)), 403);
        Problems.check(caller("User", "/").post(secrets(id)), 404);
        nothingAnywhere(log, operation + admin.action(id, "Reset").toString());

        var handed = owner.post(secrets(id)).expecting(200);
        assertThat(handed.path("name").asText()).isEqualTo("Reset");
        assertThat(handed.path("fields").path("ticket").asText()).isEqualTo(PLAIN);
        assertThat(handed.path("fields").path("/console/key").toString())
                .isEqualTo("[\"" + FURTHER + "\",440117730052918263]");
        assertThat(handed.path("fields")).hasSize(2);

        var again = Problems.check(owner.post(secrets(id)), 410);
        assertThat(again.path("type").asText()).isEqualTo("/problems/secrets-gone");
        assertThat(again.path("detail").asText()).contains("were fetched at");
        assertThat(jdbc.queryForList(
                        "SELECT sealed FROM handed_secret WHERE sealed IS NOT NULL AND operation_id = '" + id + "'"))
                .isEmpty();
        var entry = admin.get("/api/v1/history?kind=action.secrets-fetched&vm=" + vm)
                .expecting(200)
                .path("items");
        assertThat(entry).hasSize(1);
        assertThat(entry.path(0).path("body").path("fields").toString()).isEqualTo("[\"ticket\",\"/console/key\"]");
        nothingAnywhere(log, admin.get("/api/v1/history?limit=1000").text() + owner.operation(id));
    }

    @Test
    void ofAMessageThatIsShownOnlyTheSecretIsMissing() throws IOException {
        var vm = running(admin);

        var operation = done(admin, vm, "Show");

        assertThat(operation.at("/result/details").toString()).isEqualTo("{\"user\":\"root\",\"ticket\":\"******\"}");
        var handed = admin.post(secrets(operation.path("id").asText())).expecting(200);
        assertThat(handed.path("fields").path("/message/ticket").asText()).isEqualTo(PLAIN);
    }

    @Test
    void whereThereIsNoneNothingIsHandedAndNothingIsTold(CapturedOutput log) throws IOException {
        var vm = running(admin);

        var lacking = done(admin, vm, "Lacking");
        assertThat(lacking.path("result").has("toFetch")).isFalse();
        assertThat(admin.action(lacking.path("id").asText(), "Lacking")
                        .path("notes")
                        .asText())
                .isEqualTo("Its answer has none of the secret fields [ticket]");
        nothing(lacking);
        var failing = admin.done(run(admin, vm, "Failing"));
        assertThat(failing.path("state").asText()).isEqualTo("FAILED");
        assertThat(failing.at("/error/message").asText()).endsWith("no room");
        nothing(failing);
        var broken = admin.done(run(admin, vm, "Broken"));
        assertThat(broken.path("state").asText()).isEqualTo("FAILED");
        nothing(broken);
        nothing(admin.done(admin.post("/api/v1/vms/" + vm + "/status")));

        var records = new StringBuilder();
        for (var operation : List.of(lacking, failing, broken)) {
            records.append(admin.actions(operation.path("id").asText()));
            records.append(operation);
        }
        nothingAnywhere(log, records.toString());
    }

    @Test
    void aSecretThatTheProgramWasGivenIsNotHandedOn() throws IOException {
        var owner = caller("User", "/");
        var vm = running(owner);

        var operation = done(owner, vm, "Echo");

        var handed = owner.post(secrets(operation.path("id").asText())).expecting(200);
        assertThat(handed.path("fields").path("ticket").asText()).isEqualTo("******");
    }

    @Test
    void lapsesWhenNobodyFetchesIt() throws IOException {
        var vm = running(admin);
        var id = done(admin, vm, "Reset").path("id").asText();

        jdbc.update(
                "UPDATE handed_secret SET expires_at = created_at WHERE operation_id = ?",
                java.util.UUID.fromString(id));

        var gone = Problems.check(admin.post(secrets(id)), 410);
        assertThat(gone.path("detail").asText()).contains("lapsed at");
    }

    @Test
    void ofManyWhoAskAtOnceOneIsGivenIt() throws Exception {
        var vm = running(admin);
        var id = done(admin, vm, "Reset").path("id").asText();
        var pool = Executors.newFixedThreadPool(8);
        try {
            Callable<Integer> ask = () -> admin.post(secrets(id)).status();
            var codes = pool.invokeAll(java.util.Collections.nCopies(8, ask)).stream()
                    .map(HandedSecretIT::outcome)
                    .sorted()
                    .toList();

            assertThat(codes).containsExactly(200, 410, 410, 410, 410, 410, 410, 410);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void definitionsSayWhichAndAreRefusedWhenTheyCannotBe() throws IOException {
        var actions = "/api/v1/extensions/" + inventory.extension(PROGRAM, MANIFEST) + "/actions";

        var wrong = Problems.check(
                admin.post(actions, "{\"name\":\"New\",\"secretFields\":[\"a\",\"/\",\"/b/~2\",\"a\",7]}"), 400);
        assertThat(wrong.path("errors").findValuesAsText("pointer"))
                .contains("/secretFields/1", "/secretFields/2", "/secretFields/3", "/secretFields/4");
        var made = admin.post(actions, "{\"name\":\"New\",\"secretFields\":[\"a\"]}")
                .expecting(201);
        assertThat(made.path("secretFields").toString()).isEqualTo("[\"a\"]");
        var changed = admin.patch(actions + "/New", "{\"timeout\":9}").expecting(200);
        assertThat(changed.path("secretFields").toString()).isEqualTo("[\"a\"]");
        var without = admin.patch(actions + "/New", "{\"secretFields\":null}").expecting(200);
        assertThat(without.path("secretFields").toString()).isEqualTo("[]");
    }

    private void nothing(JsonNode operation) {
        var none = Problems.check(admin.post(secrets(operation.path("id").asText())), 404);
        assertThat(none.path("type").asText()).isEqualTo("/problems/secrets-not-found");
    }

    private void nothingAnywhere(CapturedOutput log, String records) {
        var database = String.join("\n", jdbc.queryForList("SCRIPT", String.class));
        for (var part : List.of("Fresh-Ticket", "Ticket-", FURTHER, "440117730052918263")) {
            assertThat(records).as("the records").doesNotContain(part);
            assertThat(log.getAll()).as("the log").doesNotContain(part);
            assertThat(database.replace(PROGRAM, "")).as("the database").doesNotContain(part);
        }
    }

    private String running(DroverClient owner) throws IOException {
        var site = inventory.site(inventory.extension(PROGRAM, MANIFEST));
        return owner.done(owner.post("/api/v1/vms", Inventory.vm(site, Map.of())))
                .path("vm")
                .asText();
    }

    private static JsonNode done(DroverClient who, String vm, String action) {
        var operation = who.done(run(who, vm, action));
        assertThat(operation.path("state").asText()).as(operation.toString()).isEqualTo("SUCCEEDED");
        return operation;
    }

    private static Answer run(DroverClient who, String vm, String action) {
        return who.post("/api/v1/vms/" + vm + "/actions/" + action, "{}");
    }

    private static String secrets(String operation) {
        return "/api/v1/operations/" + operation + "/secrets";
    }

    private static int outcome(java.util.concurrent.Future<Integer> answer) {
        try {
            return answer.get();
        } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
            throw new AssertionError(e);
        }
    }
}
