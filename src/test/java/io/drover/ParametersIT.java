package io.drover;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an address asks for and is not understood is refused, at every operation of the API. */
@Tag("matrix")
class ParametersIT extends WholeApplication {
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    @Test
    void everyOperationRefusesWhatItDoesNotKnow() {
        List<String> asked = new ArrayList<>();
        var paths = admin.get("/v3/api-docs").expecting(200).path("paths");
        paths.properties().forEach(path -> path.getValue().properties().forEach(operation -> {
            if (METHODS.contains(operation.getKey())) {
                refuses(operation.getKey(), path.getKey(), operation.getValue());
                asked.add(operation.getKey() + " " + path.getKey());
            }
        }));
        assertThat(asked).hasSizeGreaterThan(60);
    }

    private void refuses(String method, String path, JsonNode operation) {
        var names = StreamSupport.stream(operation.path("parameters").spliterator(), false)
                .filter(parameter -> parameter.path("in").asText().equals("query"))
                .map(parameter -> parameter.path("name").asText())
                .toList();
        var body = operation.path("requestBody").path("content").fieldNames();
        var id = UUID.randomUUID().toString();
        var address = path.replaceAll("\\{[^}]+}", id) + "?qqqqqqqq=1&xxxxxxxx=2";

        var answer = admin.send(
                method.toUpperCase(java.util.Locale.ROOT), address, body.hasNext() ? body.next() : null, new byte[0]);

        assertThat(answer.status())
                .as("%s %s: %s", method, address, answer.text())
                .isEqualTo(400);
        assertThat(answer.json().path("errors").findValuesAsText("pointer"))
                .as(address)
                .containsExactly("?qqqqqqqq", "?xxxxxxxx");
        for (var message : answer.json().path("errors").findValuesAsText("message")) {
            assertThat(message).isEqualTo(told(names));
        }
    }

    private static String told(List<String> names) {
        return names.isEmpty()
                ? "is not a parameter here; there are none"
                : "is not a parameter here; there are " + String.join(", ", names);
    }

    @ParameterizedTest
    @CsvSource({
        "operations,nmae,",
        "operations,State,state",
        "operations,requestedby,requestedBy",
        "operations,untill,until",
        "vms,nmae,name",
        "vms,powerstate,powerState",
        "vms,owner,",
        "actions,requestdBy,requestedBy",
        "history,actr,actor",
        "history,verb,",
        "hosts,clusters,cluster",
        "api-keys,acount,account"
    })
    void saysWhichNameWasPerhapsMeant(String list, String name, String meant) {
        var error = error(list + "?" + name + "=x", "?" + name);

        assertThat(error.path("value").asText()).isEqualTo("x");
        var message = error.path("message").asText();
        assertThat(message).startsWith("is not a parameter here; there are ").contains("limit, cursor");
        if (meant != null) {
            assertThat(message).endsWith("; did you mean " + meant + "?");
        }
    }

    @Test
    void saysEverythingThatIsWrongAtOnce() {
        var wrong = "?state=RUNING&state=FAILED&since=yesterday&until=+999999999-01-01T00:00:00Z&limit=0&cursor=x!"
                + "&verb=dploy&requestedBy=&nmae=x&businessKey=a";

        var errors = errors("operations" + wrong.replace("+", "%2B"));

        assertThat(errors.findValuesAsText("pointer"))
                .containsExactlyInAnyOrder(
                        "?state", "?since", "?until", "?limit", "?cursor", "?verb", "?requestedBy", "?nmae");
        assertThat(errors.toString())
                .contains(
                        "must be one of QUEUED, RUNNING",
                        "RUNING",
                        "a time such as",
                        "from 1 to 1000",
                        "did you mean deploy?",
                        "must not be empty");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "operations?limit=1&limit=2",
                "history?since=2026-01-01T00:00:00Z&since=2026-01-01T00:00:00Z",
                "actions?cursor=a&cursor=b",
                "operations/00000000-0000-0000-0000-000000000000?wait=1&wait=2"
            })
    void refusesTwoValuesWhereOneCounts(String path) {
        assertThat(errors(path).path(0).path("message").asText()).contains("is given 2 times");
    }

    @ParameterizedTest
    @CsvSource({
        "operations/x,path:id",
        "actions/1?bogus=1,path:id",
        "actions?operation=x,?operation",
        "vms?state=Stopped%2CRunning,?state",
        "vms?state=,?state",
        "vms?state,?state",
        "operations/00000000-0000-0000-0000-000000000000?wait=61,?wait",
        "operations/00000000-0000-0000-0000-000000000000?wait=-1,?wait",
        "operations/00000000-0000-0000-0000-000000000000?wait=1.5,?wait",
        "operations/00000000-0000-0000-0000-000000000000?wait=99999999999,?wait"
    })
    void refusesValuesOfAnotherType(String path, String pointer) {
        error(path, pointer);
    }

    @Test
    void aValueWithACommaIsOneValue() {
        assertThat(admin.get("/api/v1/actions?verb=Look%2C%20again")
                        .expecting(200)
                        .path("items"))
                .isEmpty();
        assertThat(admin.get("/api/v1/vms?name=a,b").expecting(200).path("items"))
                .isEmpty();
    }

    @Test
    void doesNotSendBackWhatMayBeASecret() {
        var sent = admin.post("/api/v1/vms?password=tuesday-42", Map.of());

        assertThat(sent.status()).isEqualTo(400);
        assertThat(sent.text()).contains("?password").doesNotContain("tuesday-42");
    }

    private JsonNode error(String path, String pointer) {
        for (var error : errors(path)) {
            if (error.path("pointer").asText().equals(pointer)) {
                return error;
            }
        }
        throw new AssertionError(pointer + " is not among the errors of " + path);
    }

    private JsonNode errors(String path) {
        return admin.get("/api/v1/" + path).expecting(400).path("errors");
    }
}
