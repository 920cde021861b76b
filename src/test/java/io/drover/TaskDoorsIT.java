package io.drover;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.DroverClient.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever the diagram names may answer, and nobody else, whichever door they come by. */
@Tag("matrix")
class TaskDoorsIT extends WholeApplication {
    private static final String HERE = "/doors/here";
    private static final String BOOLEAN = "Boolean";
    private static final Map<String, Object> APPROVED =
            Map.of("variables", Map.of("approved", Map.of("value", true, "type", BOOLEAN)));

    /** The account's name by who it is. */
    private static final Map<Who, String> NAMES = new HashMap<>();

    private static String vm;

    private TaskDiagram diagram;

    /** Somebody who answers a task about a VM of {@link #OWNER}, whose domain is {@link #HERE}. */
    enum Who {
        ADMIN("Admin", "/"),
        RESOURCE_ADMIN("ResourceAdmin", "/"),
        HEAD("DomainAdmin", HERE),
        HEAD_ABOVE("DomainAdmin", "/doors"),
        HEAD_ELSEWHERE("DomainAdmin", "/doors/hereafter"),
        OWNER("User", HERE),
        COLLEAGUE("User", HERE),
        STRANGER("User", "/doors/hereafter");

        private final String role;
        private final String domain;

        Who(String role, String domain) {
            this.role = role;
            this.domain = domain;
        }
    }

    /** Whom the diagram names, and who may answer then, besides Admins; and who is told that there is such a task. */
    enum NamedBy {
        NOBODY("", List.of()),
        ROLE("camunda:candidateGroups='DomainAdmin'", List.of(Who.HEAD, Who.HEAD_ABOVE)),
        ROLES("camunda:candidateGroups='ResourceAdmin,User'", List.of(Who.RESOURCE_ADMIN, Who.OWNER)),
        ACCOUNT("camunda:candidateUsers='COLLEAGUE,STRANGER'", List.of(Who.COLLEAGUE, Who.STRANGER)),
        DOMAIN("camunda:candidateGroups='domain:/doors/here'", List.of(Who.HEAD, Who.OWNER, Who.COLLEAGUE)),
        DOMAIN_ELSEWHERE(
                "camunda:candidateGroups='domain:/doors/hereafter'", List.of(Who.HEAD_ELSEWHERE, Who.STRANGER)),
        ASSIGNEE("camunda:assignee='STRANGER'", List.of(Who.STRANGER));

        private static final List<Who> REACHING =
                List.of(Who.ADMIN, Who.RESOURCE_ADMIN, Who.HEAD, Who.HEAD_ABOVE, Who.OWNER);

        private final String attributes;
        private final List<Who> may;

        NamedBy(String attributes, List<Who> may) {
            this.attributes = attributes;
            this.may = may;
        }

        /** The status of a claim; what has an assignee is in their hands. */
        int expected(Who who) {
            if (may.contains(who) || who == Who.ADMIN) {
                return this == ASSIGNEE && who == Who.ADMIN ? 409 : 200;
            }
            return REACHING.contains(who) ? 403 : 404;
        }
    }

    /** A way to answer at the engine's own doors, or to have somebody answer in one's place. */
    enum Way {
        COMPLETE {
            @Override
            Answer go(TaskDoorsIT test, EngineDoor door, DroverClient who, String name, String task) {
                return door.post(who, "/task/" + task + "/complete", APPROVED);
            }
        },
        COMPLETE_WITH_RETURN {
            @Override
            Answer go(TaskDoorsIT test, EngineDoor door, DroverClient who, String name, String task) {
                Map<String, Object> body = new HashMap<>(APPROVED);
                body.put("withVariablesInReturn", true);
                return door.post(who, "/task/" + task + "/complete", body);
            }
        },
        SUBMIT_FORM {
            @Override
            Answer go(TaskDoorsIT test, EngineDoor door, DroverClient who, String name, String task) {
                return door.post(who, "/task/" + task + "/submit-form", APPROVED);
            }
        },
        CLAIM {
            @Override
            Answer go(TaskDoorsIT test, EngineDoor door, DroverClient who, String name, String task) {
                return door.post(who, "/task/" + task + "/claim", Map.of("userId", name));
            }
        },
        ASSIGN {
            @Override
            Answer go(TaskDoorsIT test, EngineDoor door, DroverClient who, String name, String task) {
                return door.post(who, "/task/" + task + "/assignee", Map.of("userId", name));
            }
        },
        ASSIGN_BY_ANOTHER {
            @Override
            Answer go(TaskDoorsIT test, EngineDoor door, DroverClient who, String name, String task) {
                return door.post(test.admin, "/task/" + task + "/assignee", Map.of("userId", name));
            }
        },
        DELEGATE {
            @Override
            Answer go(TaskDoorsIT test, EngineDoor door, DroverClient who, String name, String task) {
                return door.post(test.admin, "/task/" + task + "/delegate", Map.of("userId", name));
            }
        },
        RESOLVE {
            @Override
            Answer go(TaskDoorsIT test, EngineDoor door, DroverClient who, String name, String task) {
                return door.post(who, "/task/" + task + "/resolve", APPROVED);
            }
        },
        UPDATE {
            @Override
            Answer go(TaskDoorsIT test, EngineDoor door, DroverClient who, String name, String task) {
                return door.put(who, "/task/" + task, Map.of("name", "May it?", "assignee", name));
            }
        },
        ERROR {
            @Override
            Answer go(TaskDoorsIT test, EngineDoor door, DroverClient who, String name, String task) {
                return door.post(who, "/task/" + task + "/bpmnError", Map.of("errorCode", "rejected"));
            }
        },
        ESCALATION {
            @Override
            Answer go(TaskDoorsIT test, EngineDoor door, DroverClient who, String name, String task) {
                return door.post(who, "/task/" + task + "/bpmnEscalation", Map.of("escalationCode", "up"));
            }
        },
        SIGNAL {
            @Override
            Answer go(TaskDoorsIT test, EngineDoor door, DroverClient who, String name, String task) {
                var execution = door.get(who, "/task/" + task).expecting(200).path("executionId");
                return door.post(who, "/execution/" + execution.asText() + "/signal", APPROVED);
            }
        };

        abstract Answer go(TaskDoorsIT test, EngineDoor door, DroverClient who, String name, String task);
    }

    @BeforeEach
    void prepare() {
        diagram = new TaskDiagram(admin);
        if (vm == null) {
            for (var who : Who.values()) {
                NAMES.put(who, account(who.role, who.domain));
            }
            var body = Inventory.vm(inventory.site(), Map.of());
            vm = admin.done(client(Who.OWNER).post("/api/v1/vms", body))
                    .path("vm")
                    .asText();
        }
    }

    @AfterEach
    void restore() throws IOException {
        diagram.restore();
    }

    @ParameterizedTest
    @EnumSource(NamedBy.class)
    void whoeverIsNamedMayAnswer(NamedBy named) {
        var attributes = named.attributes
                .replace("COLLEAGUE", NAMES.get(Who.COLLEAGUE))
                .replace("STRANGER", NAMES.get(Who.STRANGER));
        diagram.asks(attributes, "");
        var operation = begun(Who.OWNER);
        var task = diagram.of(operation).path("id").asText();
        Map<Who, String> wrong = new TreeMap<>();
        for (var who : Who.values()) {
            var client = client(who);
            int expected = named.expected(who);
            boolean listed =
                    client.get("/api/v1/tasks").expecting(200).toString().contains(task);
            boolean mine = client.get("/api/v1/tasks?mine=true")
                    .expecting(200)
                    .toString()
                    .contains(task);
            var claimed = client.post("/api/v1/tasks/" + task + "/claim");
            if (claimed.status() != expected || listed != (expected != 404) || mine != (expected == 200)) {
                wrong.put(who, "listed " + listed + ", mine " + mine + ", " + claimed.status() + " " + claimed.text());
            }
            if (expected == 403 && !claimed.text().contains("can be answered by")) {
                wrong.put(who, claimed.text());
            }
            if (claimed.status() == 200 && named != NamedBy.ASSIGNEE) {
                client.post("/api/v1/tasks/" + task + "/unclaim").expecting(200);
            }
        }
        assertThat(wrong).isEmpty();
        var last = named.may.isEmpty() ? Who.ADMIN : named.may.get(named.may.size() - 1);
        client(last)
                .post("/api/v1/tasks/" + task + "/answer", Map.of("variables", Map.of("approved", true)))
                .expecting(200);
        assertThat(admin.awaitEnd(operation).path("state").asText()).isEqualTo("SUCCEEDED");
    }

    @ParameterizedTest
    @EnumSource(EngineDoor.class)
    void whoHasAskedAnswersAtNoDoorWhereFourEyesAreWanted(EngineDoor door) {
        diagram.asks("camunda:candidateGroups='User'", TaskDiagram.fourEyes());
        var operation = begun(Who.ADMIN);
        var task = diagram.of(operation).path("id").asText();
        var asker = client(Who.ADMIN);
        Map<String, String> wrong = new LinkedHashMap<>();
        for (var action : List.of("claim", "answer")) {
            var refused = asker.post("/api/v1/tasks/" + task + "/" + action, "{}");
            if (refused.status() != 403 || !refused.text().contains("needs four eyes")) {
                wrong.put(action, refused.status() + " " + refused.text());
            }
        }
        for (var way : Way.values()) {
            var refused = way.go(this, door, asker, NAMES.get(Who.ADMIN), task);
            boolean right = way == Way.SIGNAL
                    ? refused.status() == 400 && refused.text().contains("not signalled, but answered")
                    : refused.status() == 403 && refused.text().contains("needs four eyes");
            if (!right) {
                wrong.put(way.name(), refused.status() + " " + refused.text());
            }
        }
        assertThat(wrong).isEmpty();
        var still = diagram.of(operation);
        assertThat(still.path("state").asText()).isEqualTo("OPEN");
        assertThat(still.has("assignee")).isFalse();
        door.post(admin, "/task/" + task + "/complete", APPROVED).expecting(204);
        assertThat(admin.awaitEnd(operation).path("state").asText()).isEqualTo("SUCCEEDED");
    }

    @ParameterizedTest
    @EnumSource(EngineDoor.class)
    void whatIsAnsweredThereIsOnTheRecordAsHere(EngineDoor door) {
        diagram.asks("", "");
        List<String> wrong = new ArrayList<>();
        for (var way : List.of(Way.COMPLETE, Way.COMPLETE_WITH_RETURN, Way.SUBMIT_FORM)) {
            var operation = begun(Who.OWNER);
            var task = diagram.of(operation).path("id").asText();
            way.go(this, door, client(Who.ADMIN), NAMES.get(Who.ADMIN), task);
            var step = asked(admin.awaitEnd(operation));
            var entered = ledger(task).path(0);
            boolean right = step.path("answeredBy").asText().equals(NAMES.get(Who.ADMIN))
                    && step.path("answer").toString().equals("{\"approved\":true}")
                    && entered.path("kind").asText().equals("task.answered")
                    && entered.path("actor").asText().equals(NAMES.get(Who.ADMIN))
                    && entered.path("body").path("variables").toString().equals("{\"approved\":true}");
            if (!right) {
                wrong.add(way + " " + step + " " + entered);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void aCommentAndAnErrorThatAreGivenThereAreOnTheRecordToo() {
        diagram.asks("", "");
        var operation = begun(Who.OWNER);
        var task = diagram.of(operation).path("id").asText();
        Map<String, Object> variables = new HashMap<>();
        variables.put("approved", Map.of("value", false, "type", BOOLEAN));
        variables.put("comment", Map.of("value", "Not here", "type", "String"));
        admin.post("/engine-rest/task/" + task + "/complete", Map.of("variables", variables))
                .expecting(204);
        var rejected = admin.awaitEnd(operation);
        assertThat(asked(rejected).path("comment").asText()).isEqualTo("Not here");
        assertThat(rejected.path("error").path("message").asText()).isEqualTo("No: Not here");
        admin.done(client(Who.OWNER).post("/api/v1/vms/" + vm + "/start"));

        var second = begun(Who.OWNER);
        var other = diagram.of(second).path("id").asText();
        admin.post("/engine-rest/task/" + other + "/bpmnError", Map.of("errorCode", "no", "errorMessage", "Never"))
                .expecting(204);
        var failed = admin.awaitEnd(second);
        assertThat(failed.path("error").path("message").asText()).isEqualTo("Never");
        assertThat(asked(failed).path("answer").toString()).isEqualTo("{\"bpmnError\":\"no\"}");
        assertThat(ledger(other).path(0).path("kind").asText()).isEqualTo("task.answered");
    }

    @Test
    void whoeverAnAdminGivesItToInTasklistMayAnswer() {
        diagram.asks("", "");
        var operation = begun(Who.OWNER);
        var task = diagram.of(operation).path("id").asText();
        var stranger = client(Who.STRANGER);
        Problems.check(stranger.get("/api/v1/tasks/" + task), 404);
        EngineDoor.WEB
                .post(
                        admin,
                        "/task/" + task + "/identity-links",
                        Map.of("userId", NAMES.get(Who.STRANGER), "type", "candidate"))
                .expecting(204);

        stranger.post("/api/v1/tasks/" + task + "/answer", Map.of("variables", Map.of("approved", true)))
                .expecting(200);

        assertThat(asked(admin.awaitEnd(operation)).path("answeredBy").asText()).isEqualTo(NAMES.get(Who.STRANGER));
    }

    private DroverClient client(Who who) {
        return DroverClient.basic(server, NAMES.get(who), PASSWORD);
    }

    private String begun(Who who) {
        return client(who)
                .post("/api/v1/vms/" + vm + "/status")
                .expecting(202)
                .path("id")
                .asText();
    }

    private JsonNode ledger(String task) {
        return admin.get("/api/v1/history?subject=" + task).expecting(200).path("items");
    }

    private static JsonNode asked(JsonNode operation) {
        for (var step : operation.path("steps")) {
            if (step.path("activity").asText().equals("Ask")) {
                return step;
            }
        }
        throw new AssertionError("Nobody was asked in " + operation);
    }
}
