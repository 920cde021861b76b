package io.drover;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A person is asked, and answers by Drover's own requests; who has answered what is on the record. */
class ApprovalIT extends WholeApplication {
    private static final Pattern BLOCK = Pattern.compile("```bash\n(.*?)```\n", Pattern.DOTALL);
    private static final String DOMAIN = "/approvals";
    private static String vm;
    private static String owner;
    private static String head;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    @Qualifier("openTasks")
    private SmartLifecycle openTasks;

    private TaskDiagram diagram;
    private DroverClient user;
    private DroverClient domainAdmin;

    @BeforeEach
    void prepare() {
        diagram = new TaskDiagram(admin);
        if (vm == null) {
            owner = account("User", DOMAIN);
            head = account("DomainAdmin", DOMAIN);
        }
        user = DroverClient.basic(server, owner, PASSWORD);
        domainAdmin = DroverClient.basic(server, head, PASSWORD);
        if (vm == null) {
            var deployed = admin.done(user.post("/api/v1/vms", Inventory.vm(inventory.site(), Map.of())));
            vm = deployed.path("vm").asText();
        }
    }

    @AfterEach
    void restore() throws IOException {
        diagram.restore();
    }

    @Test
    void theLinesOfTheGuideAskDoraWhoApprovesWhatAliceMayNot(@TempDir Path directory) throws Exception {
        try {
            var printed = run(directory, Files.readString(Path.of("docs/approvals.md")));

            var vms = admin.get("/api/v1/operations?vm=shop-1").expecting(200).path("items");
            var operation = admin.awaitEnd(vms.path(0).path("id").asText());
            assertThat(operation.path("state").asText()).as(printed).isEqualTo("SUCCEEDED");
            assertThat(printed)
                    .contains("/problems/forbidden", "alice has asked for the operation", "\"mayAnswer\":true")
                    .contains("\"assignee\":\"dora\"", "\"kind\":\"task.answered\"", "Within the budget");
            var step = step(operation, "Task_Approve");
            assertThat(step.path("answeredBy").asText()).isEqualTo("dora");
            assertThat(step.path("answer").toString()).isEqualTo("{\"approved\":true}");
            assertThat(step.path("comment").asText()).isEqualTo("Within the budget");
            assertThat(step.path("note").asText()).isEqualTo("Answered by dora: Within the budget");
            assertThat(admin.get("/api/v1/processes/vm-deploy/diagram").text())
                    .isEqualTo(Files.readString(Path.of("bpmn/vm-deploy.bpmn")));
        } finally {
            put("vm-deploy", Files.readString(Path.of("bpmn/vm-deploy.bpmn")));
        }
    }

    @Test
    void aDeploymentThatIsRejectedSaysWhyAndByWhom(@TempDir Path directory) throws Exception {
        try {
            run(directory, Files.readString(Path.of("docs/approvals.md")).split("## Who may answer")[0]);
            var begun = user.post("/api/v1/vms", Inventory.vm(inventory.site(), Map.of()))
                    .expecting(202);
            var id = begun.path("id").asText();
            answer(domainAdmin, diagram.of(id), Map.of("approved", false), "Too dear")
                    .expecting(200);

            var operation = admin.awaitEnd(id);
            var why = "Rejected by " + head + ": Too dear";
            assertThat(operation.path("state").asText()).isEqualTo("FAILED");
            assertThat(operation.path("error").path("message").asText()).isEqualTo(why);
            var rejected = user.get("/api/v1/vms/" + begun.path("vm").asText()).expecting(200);
            assertThat(rejected.path("state").asText()).isEqualTo("Allocated");
            assertThat(rejected.path("stateReason").asText()).isEqualTo(why);
        } finally {
            put("vm-deploy", Files.readString(Path.of("bpmn/vm-deploy.bpmn")));
        }
    }

    @Test
    void whatIsWrongWithAnAnswerIsToldAtOnce() {
        diagram.asks(
                "camunda:candidateGroups='DomainAdmin'",
                TaskDiagram.form(
                        TaskDiagram.field("approved", "boolean", TaskDiagram.constraint("required", "")),
                        TaskDiagram.field("size", "long", TaskDiagram.constraint("max", "8")),
                        TaskDiagram.field("until", "date", ""),
                        TaskDiagram.field("why", "string", TaskDiagram.constraint("minlength", "3")),
                        TaskDiagram.field(
                                "kind", "enum", "<camunda:value id='a' name='A'/><camunda:value id='b' name='B'/>")));
        var task = diagram.of(begun());
        var wrong = Map.of("size", 9, "until", "tomorrow", "why", "x", "kind", "c", "aproved", true);

        var refused = answer(domainAdmin, task, wrong, "x".repeat(2001));

        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        var errors = refused.json().path("errors");
        assertThat(errors.findValuesAsText("pointer"))
                .containsExactlyInAnyOrder(
                        "/comment",
                        "/variables/aproved",
                        "/variables/approved",
                        "/variables/size",
                        "/variables/until",
                        "/variables/why",
                        "/variables/kind");
        assertThat(errors.toString())
                .contains(
                        "did you mean approved?",
                        "is required: true or false",
                        "less than 8",
                        "at least 3",
                        "one of [a, b]");
        for (var type : List.of(Map.of("approved", "true"), Map.of("approved", 1), Map.of("approved", List.of()))) {
            Problems.check(answer(domainAdmin, task, type, null), 400);
        }
        Problems.check(
                domainAdmin.post(path(task, "answer"), "{\"variables\":{\"approved\":true},\"coment\":\"x\"}"), 400);

        var right = Map.of("approved", true, "size", 7, "until", "2027-01-31", "why", "yes", "kind", "b");
        answer(domainAdmin, task, right, null).expecting(200);

        var step = step(admin.awaitEnd(task.path("operation").asText()), "Ask");
        assertThat(step.path("answer").toString())
                .isEqualTo(
                        "{\"approved\":true,\"kind\":\"b\",\"size\":7,\"until\":\"2027-01-31T00:00:00Z\",\"why\":\"yes\"}");
        assertThat(step.has("comment")).isFalse();
    }

    @Test
    void aTaskWithoutAFormTakesAnApprovalAndWhatIsRejectedSaysWhy() {
        diagram.asks("camunda:candidateGroups='DomainAdmin'", "");
        var task = diagram.of(begun());
        Problems.check(answer(domainAdmin, task, Map.of("approved", true, "vm", "other"), null), 400);

        answer(domainAdmin, task, Map.of("approved", false), "Not now").expecting(200);

        var operation = admin.awaitEnd(task.path("operation").asText());
        assertThat(operation.path("error").path("message").asText()).isEqualTo("No: Not now");
        assertThat(admin.vm(vm).path("stateReason").asText()).isEqualTo("Not wanted by " + head + ": Not now");
        Problems.check(answer(domainAdmin, task, Map.of("approved", true), null), 409);
        Problems.check(domainAdmin.post(path(task, "claim")), 409);
        var ended = admin.get("/api/v1/tasks/" + task.path("id").asText()).expecting(200);
        assertThat(ended.path("state").asText()).isEqualTo("ANSWERED");
        assertThat(ended.path("answeredBy").asText()).isEqualTo(head);
        admin.done(user.post("/api/v1/vms/" + vm + "/start"));
    }

    @Test
    void whatIsInSomebodysHandsIsAnsweredByNobodyElse() {
        diagram.asks("camunda:candidateGroups='DomainAdmin,User'", "");
        var task = diagram.of(begun());
        assertThat(listed(user, "claimed=false")).contains(task.path("id").asText());
        user.post(path(task, "claim")).expecting(200);
        user.post(path(task, "claim")).expecting(200);

        for (var other : List.of(domainAdmin, admin)) {
            var refused = answer(other, task, Map.of("approved", true), null);
            assertThat(refused.status()).as(refused.text()).isEqualTo(409);
            assertThat(refused.text()).contains("/problems/task-claimed", owner);
            Problems.check(other.post(path(task, "claim")), 409);
        }
        Problems.check(domainAdmin.post(path(task, "unclaim")), 409);
        assertThat(listed(domainAdmin, "mine=true"))
                .doesNotContain(task.path("id").asText());
        assertThat(listed(user, "mine=true&claimed=true"))
                .contains(task.path("id").asText());
        assertThat(listed(user, "assignee=" + owner)).contains(task.path("id").asText());
        admin.post(path(task, "unclaim")).expecting(200);
        answer(domainAdmin, task, Map.of("approved", true), null).expecting(200);

        var ledger = admin.get("/api/v1/history?subject=" + task.path("id").asText())
                .expecting(200)
                .path("items");
        assertThat(ledger.findValuesAsText("kind")).containsExactly("task.answered", "task.unclaimed", "task.claimed");
        assertThat(ledger.path(0).path("body").toString())
                .contains(vm, task.path("operation").asText(), "\"approved\":true", owner);
        assertThat(listed(user, "state=ANSWERED&vm=" + vm))
                .contains(task.path("id").asText());
    }

    @Test
    void whatNobodyWaitsForAnyMoreIsWithdrawn() {
        diagram.asks("", "");
        var task = diagram.of(begun());
        admin.post("/api/v1/operations/" + task.path("operation").asText() + "/cancel")
                .expecting(200);

        var ended = admin.get("/api/v1/tasks/" + task.path("id").asText()).expecting(200);

        assertThat(ended.path("state").asText()).isEqualTo("WITHDRAWN");
        assertThat(ended.has("answeredBy")).isFalse();
        assertThat(step(admin.operation(task.path("operation").asText()), "Ask").has("answeredBy"))
                .isFalse();
    }

    @Test
    void whatWasAskedBeforeThereWasARecordIsTakenOverAtStart() {
        diagram.asks("camunda:candidateGroups='DomainAdmin'", TaskDiagram.fourEyes());
        var task = diagram.of(begun());
        jdbc.sql("DELETE FROM operation_task WHERE id = ?")
                .param(task.path("id").asText())
                .update();

        openTasks.start();
        openTasks.start();

        var again = diagram.of(task.path("operation").asText());
        assertThat(again.path("id")).isEqualTo(task.path("id"));
        assertThat(again.path("roles").toString()).isEqualTo("[\"DomainAdmin\"]");
        assertThat(again.path("fourEyes").asBoolean()).isTrue();
        answer(domainAdmin, again, Map.of("approved", true), null).expecting(200);
    }

    @Test
    void tasklistHasAFilterAndTasksSayWhatTheyAreAbout() {
        diagram.asks("", "");
        var task = diagram.of(begun());

        var filters = EngineDoor.WEB.get(admin, "/filter?resourceType=Task").expecting(200);

        var there =
                EngineDoor.REST.get(admin, "/task/" + task.path("id").asText()).expecting(200);
        assertThat(there.path("description").asText())
                .isEqualTo("VM " + task.path("vmName").asText() + ", asked for by " + owner);
        var id = item(filters, "name", "All open tasks").path("id").asText();
        var list = EngineDoor.WEB.post(
                admin,
                "/filter/" + id + "/list",
                Map.of("processInstanceId", there.path("processInstanceId").asText()),
                "Accept",
                "application/hal+json");
        assertThat(list.text()).contains(task.path("id").asText());
        answer(admin, task, Map.of("approved", true), null).expecting(200);
    }

    private String begun() {
        return user.post("/api/v1/vms/" + vm + "/status")
                .expecting(202)
                .path("id")
                .asText();
    }

    private static DroverClient.Answer answer(
            DroverClient who, JsonNode task, Map<String, ?> variables, String comment) {
        return who.post(
                path(task, "answer"),
                comment == null ? Map.of("variables", variables) : Map.of("variables", variables, "comment", comment));
    }

    private static String path(JsonNode task, String what) {
        return "/api/v1/tasks/" + task.path("id").asText() + "/" + what;
    }

    private static String listed(DroverClient who, String filter) {
        return who.get("/api/v1/tasks?" + filter).expecting(200).path("items").toString();
    }

    private static JsonNode step(JsonNode operation, String activity) {
        return item(operation.path("steps"), "activity", activity);
    }

    private static JsonNode item(JsonNode items, String field, String value) {
        for (var item : items) {
            if (item.path(field).asText().equals(value)) {
                return item;
            }
        }
        throw new AssertionError("None whose " + field + " is " + value + " in " + items);
    }

    private void put(String process, String diagram) {
        admin.send(
                        "PUT",
                        "/api/v1/processes/" + process + "/diagram",
                        "application/xml",
                        diagram.getBytes(StandardCharsets.UTF_8))
                .expecting(200);
    }

    /** Runs the guide's lines; gives what they print. */
    private String run(Path directory, String guide) throws IOException, InterruptedException {
        var script = BLOCK.matcher(guide).results().map(block -> block.group(1)).collect(Collectors.joining("\n"));
        var output = directory.resolve("printed");
        var home = Files.createDirectories(directory.resolve("data"));
        Files.copy(HOME.resolve("initial-admin-password"), home.resolve("initial-admin-password"));
        var bash = new ProcessBuilder("bash", "-c", script.replace("localhost:8080", "localhost:" + port))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(bash.waitFor()).as(Files.readString(output)).isZero();
        return Files.readString(output);
    }
}
