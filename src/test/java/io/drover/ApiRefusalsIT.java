package io.drover;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.ApiDocument.Op;
import io.drover.DroverClient.Answer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every operation of the OpenAPI document refuses what is wrong, with a code and a body that the document has, and no others. */
@Tag("matrix")
class ApiRefusalsIT extends WholeApplication {
    /** What comes of the state of the whole server or of time, whatever is asked, or is provoked in {@link ApiConflictsIT} or {@link HandedSecretIT}. */
    private static final Set<Integer> NOT_ASKED_FOR = Set.of(408, 409, 410, 429, 503);

    /** Where it is the rest of the request that says whose it is. */
    private static final Set<String> OWN = Set.of("changePassword");

    /** What refers to something in the body that may not be there. */
    private static final Map<String, String> REFERRING =
            Map.of("createApiKey", "{\"label\":\"x\",\"account\":\"nobody-of-this-name\"}");

    private static final List<String> ROLES = List.of("ResourceAdmin", "DomainAdmin", "User");

    private final Map<String, DroverClient> callers = new HashMap<>();
    private final List<String> faults = new ArrayList<>();
    private String vm = "";

    @BeforeEach
    void prepare() {
        ROLES.forEach(role -> callers.put(role, caller(role, "/")));
        var worker = unique("w");
        admin.post(
                        "/api/v1/accounts",
                        Map.of("name", worker, "role", "Worker", "topics", List.of("t"), "password", PASSWORD))
                .expecting(201);
        callers.put("Worker", DroverClient.basic(server, worker, PASSWORD));
        vm = inventory.running(inventory.site());
    }

    @Test
    void everyOperationIsRefusedAsDocumented() {
        var operations = new ApiDocument(admin.get("/v3/api-docs").expecting(200)).operations();

        operations.forEach(operation -> new Refusals(operation).provoke());

        assertThat(faults).isEmpty();
        assertThat(operations).hasSizeGreaterThan(60);
    }

    @Test
    void whoWantsAFormThatThereIsNotChangesNothing() {
        var name = unique("c");

        var answer = admin.post("/api/v1/clusters", Map.of("name", name), "Accept", "text/csv");

        Problems.check(answer, 406);
        assertThat(answer.text()).contains("application/json");
        admin.get("/api/v1/clusters/" + name).expecting(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "accounts          | /name /role /password",
                "api-keys          | /label",
                "clusters          | /name",
                "extensions        | /name",
                "extensions/Simulator/actions | /name",
                "extensions/Simulator/clusters | /cluster",
                "extensions/import | /path",
                "hosts             | /name /cluster",
                "networks          | /name",
                "service-offerings | /name /cpus /cpuSpeedMhz /memoryMib",
                "templates         | /name",
                "vms               | /name /template /serviceOffering"
            })
    void whatIsMissingIsSaidToBe(String path, String pointers) {
        var errors =
                Problems.check(admin.post("/api/v1/" + path, Map.of()), 400).path("errors");

        assertThat(errors.findValuesAsText("pointer")).containsExactlyInAnyOrder(pointers.split(" "));
        assertThat(errors.findValuesAsText("message"))
                .allSatisfy(message -> assertThat(message).startsWith("is missing"));
        assertThat(errors.findValues("value")).isEmpty();
    }

    /** All ways in which one operation is refused. */
    private final class Refusals {
        private final Op operation;
        private final Map<String, String> names;
        private final byte[] body;
        private final Set<Integer> seen = new TreeSet<>();

        Refusals(Op operation) {
            this.operation = operation;
            this.names = operation.names();
            if (operation.path.startsWith("/api/v1/vms/{")) {
                names.put(operation.parameters("path").get(0), vm);
            }
            var example = operation.sent();
            this.body = operation.takesBody() && example.length == 0 ? new byte[] {'x'} : example;
        }

        void provoke() {
            expect(401, "without a login", send(DroverClient.anonymous(server), names, "", body));
            expect(403, "as a worker", send(callers.get("Worker"), names, "", body));
            expect(400, "with an unknown parameter", send(admin, names, "?qqqqqqqq=1", body));
            if (operation.answersSomething()) {
                expect(406, "for CSV", send(admin, names, "", body, "Accept", "text/csv"));
            }
            if (operation.parameters("header").contains("If-Match")) {
                expect(412, "of another version", send(admin, names, "", body, "If-Match", "\"none\""));
            }
            asOthers();
            ofNothing();
            if (operation.takesBody()) {
                wrongBodies();
            }
            var unseen = new TreeSet<>(operation.codes());
            unseen.removeAll(seen);
            unseen.removeAll(NOT_ASKED_FOR);
            unseen.remove(operation.success());
            if (!unseen.isEmpty()) {
                faults.add(operation + ": documents " + unseen + ", which nothing here provokes");
            }
        }

        private void asOthers() {
            for (var role : ROLES) {
                if (!operation.roles().contains(role)) {
                    expect(403, "as " + role, send(callers.get(role), names, "", body));
                } else if (!OWN.contains(operation.id())) {
                    var harmless = operation.takesBody() && operation.fields().size() > 0 ? bytes("{}") : body;
                    var answer = send(callers.get(role), unknown(), "", harmless);
                    if (answer.status() == 403) {
                        faults.add(operation + ": refuses " + role + ", whose it is: " + answer.text());
                    }
                }
            }
        }

        private void ofNothing() {
            var code = operation.codes().contains(404) ? 404 : 400;
            names.keySet().forEach(name -> {
                var other = new HashMap<>(names);
                other.put(name, UUID.randomUUID().toString());
                expect(code, "of another " + name, send(admin, other, "", body));
            });
            if (names.isEmpty() && operation.codes().contains(404)) {
                for (var parameter : List.of("vm", "cluster", "account")) {
                    if (operation.parameters("query").contains(parameter)) {
                        expect(404, parameter, send(admin, names, "?" + parameter + "=nothing-of-this-name", body));
                    }
                }
                if (REFERRING.containsKey(operation.id())) {
                    expect(404, "body", send(admin, names, "", bytes(REFERRING.get(operation.id()))));
                }
            }
        }

        private void wrongBodies() {
            var csv = admin.send(operation.method, operation.at(names), "text/csv", body);
            expect(415, "as CSV", csv);
            if (!csv.text().contains(String.valueOf(operation.contentType()))) {
                faults.add(operation + ": does not say what is taken: " + csv.text());
            }
            expect(413, "with a large body", large());
            if (operation.example() instanceof ObjectNode example) {
                expect(400, "no JSON", send(admin, names, "", bytes("[")));
                expect(400, "unknown field", send(admin, names, "", with(example, "qqqqqqqq", bool())));
                allAtOnce(example);
                operation.fields().forEach((name, field) -> {
                    if (field.has("type") || field.has("properties")) {
                        var answer = send(admin, names, "", with(example, name, wrong(field)));
                        expect(400, "wrong " + name, answer);
                        if (!answer.json()
                                .path("errors")
                                .path(0)
                                .path("pointer")
                                .asText()
                                .startsWith("/" + name)) {
                            faults.add(operation + ": does not name /" + name + ": " + answer.text());
                        }
                    }
                    if (operation.requires(name)) {
                        var less = example.deepCopy();
                        less.remove(name);
                        expect(400, "without " + name, send(admin, names, "", bytes(less.toString())));
                    }
                });
            }
        }

        private void allAtOnce(ObjectNode example) {
            var body = example.deepCopy();
            Set<String> named = new TreeSet<>(Set.of("/qqqqqqqq"));
            operation.fields().forEach((name, field) -> {
                if (field.has("type") || field.has("properties")) {
                    body.set(name, wrong(field));
                    named.add("/" + name);
                }
            });
            var answer = send(admin, names, "", with(body, "qqqqqqqq", bool()));
            expect(400, "with every field wrong", answer);
            var told = answer.json().path("errors").findValuesAsText("pointer");
            if (!told.containsAll(named)) {
                faults.add(operation + ": tells " + told + " of " + named);
            }
        }

        private Answer large() {
            return AnnouncedBody.send(server, operation.method, operation.at(names), 1L << 40, admin.authorization());
        }

        private Map<String, String> unknown() {
            var unknown = new HashMap<>(names);
            unknown.replaceAll((name, value) -> UUID.randomUUID().toString());
            return unknown;
        }

        private Answer send(DroverClient who, Map<String, String> to, String query, byte[] sent, String... headers) {
            return who.send(operation.method, operation.at(to) + query, operation.contentType(), sent, headers);
        }

        private void expect(int code, String what, Answer answer) {
            seen.add(answer.status());
            if (answer.status() != code) {
                faults.add(operation + ": " + what + ", " + code + " expected: " + answer.status() + " "
                        + answer.text().lines().findFirst().orElse(""));
            }
            operation.faultsOf(answer).forEach(fault -> faults.add(operation + ": " + what + ": " + fault));
        }
    }

    /** A value of another type than the field has. */
    private static JsonNode wrong(JsonNode field) {
        var types = field.path("type").toString();
        return types.contains("object") || types.contains("array")
                ? DroverClient.JSON.getNodeFactory().numberNode(7)
                : DroverClient.JSON.createObjectNode();
    }

    private static JsonNode bool() {
        return DroverClient.JSON.getNodeFactory().booleanNode(true);
    }

    private static byte[] with(ObjectNode example, String field, JsonNode value) {
        return bytes(example.deepCopy().set(field, value).toString());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
