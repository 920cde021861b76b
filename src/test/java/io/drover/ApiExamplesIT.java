package io.drover;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.DroverClient.Answer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the OpenAPI document gives as examples works, and is answered as it says. */
@Tag("matrix")
class ApiExamplesIT extends WholeApplication {

    @Test
    void everyExampleWorksAndIsAnsweredAsDocumented() {
        var document = new ApiDocument(admin.get("/v3/api-docs").expecting(200));
        var preparations = new ApiPreparations(admin, inventory);
        List<String> faults = new ArrayList<>();

        for (var operation : inOrder(document.operations(), preparations.order())) {
            if (!ApiPreparations.ELSEWHERE.containsKey(operation.id())) {
                faultsOf(operation, preparations).forEach(fault -> faults.add(operation + ": " + fault));
            }
        }

        assertThat(faults).isEmpty();
    }

    /** What Swagger UI puts into its requests, and into the curl that it shows, once somebody has pressed Authorize. */
    @Test
    void everyWayToLogInThatIsDocumentedIsOne() {
        var schemes = admin.get("/v3/api-docs").expecting(200).at("/components/securitySchemes");
        var key = admin.post("/api/v1/api-keys", Map.of("label", "x"))
                .expecting(201)
                .path("key")
                .asText();
        var anonymous = DroverClient.anonymous(server);
        List<String> ways = new ArrayList<>();

        for (var scheme : schemes) {
            var header = scheme.path("type").asText().equals("apiKey")
                    ? scheme.path("name").asText()
                    : "Authorization";
            var value =
                    switch (scheme.path("scheme").asText()) {
                        case "basic" -> admin.authorization();
                        case "bearer" -> "Bearer " + key;
                        default -> key;
                    };
            anonymous
                    .send("GET", "/api/v1/me", null, new byte[0], header, value)
                    .expecting(200);
            ways.add(header + " " + scheme.path("scheme").asText());
        }

        assertThat(ways).containsExactlyInAnyOrder("Authorization basic", "Authorization bearer", "X-API-Key ");
    }

    private static List<ApiDocument.Op> inOrder(List<ApiDocument.Op> operations, List<String> prepared) {
        return operations.stream()
                .sorted(Comparator.comparingInt(operation -> {
                    var first = ApiPreparations.FIRST.indexOf(operation.id());
                    return first < 0 ? 1 + prepared.indexOf(operation.id()) : first - 1_000;
                }))
                .toList();
    }

    private List<String> faultsOf(ApiDocument.Op operation, ApiPreparations preparations) {
        var wanted = preparations.of(operation);
        var example = operation.example();
        if (operation.takesBody() && wanted.body() == null && example.isMissingNode()) {
            return List.of("has no example; give it one in src/main/resources/api/examples.json");
        }
        List<String> faults = new ArrayList<>();
        if (example.isObject()) {
            faults.addAll(operation.faultsOf(example));
        }
        var body = wanted.body() == null ? operation.sent() : wanted.body();

        var answer = admin.send(
                operation.method, operation.at(wanted.names()) + wanted.query(), operation.contentType(), body);

        if (answer.status() != operation.success()) {
            faults.add("answers " + answer.status() + ": " + answer.text());
        }
        faults.addAll(operation.faultsOf(answer));
        faults.addAll(faultsOfEnd(answer));
        return faults;
    }

    /** What was begun ends well, too. */
    private List<String> faultsOfEnd(Answer answer) {
        var location = answer.headers().firstValue("Location").orElse("");
        if (!location.contains("/operations/")) {
            return List.of();
        }
        var ended = admin.awaitEnd(location.replaceFirst(".*/", ""));
        return ended.path("state").asText().equals("SUCCEEDED") ? List.of() : List.of("ends as " + ended);
    }
}
