package io.drover;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.DroverClient.Answer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong requests are refused as problem details that name the field and the offending value, and change nothing. */
@Tag("matrix")
class RequestsIT extends WholeApplication {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET  | /api/v1/vms/none",
                "GET  | /api/v1/vms/8d3f5e5e-0000-4000-8000-000000000000",
                "POST | /api/v1/vms/none/start",
                "POST | /api/v1/vms/none/stop",
                "DELETE | /api/v1/vms/none",
                "GET  | /api/v1/operations/8d3f5e5e-0000-4000-8000-000000000000",
                "POST | /api/v1/operations/8d3f5e5e-0000-4000-8000-000000000000/cancel",
                "POST | /api/v1/operations/8d3f5e5e-0000-4000-8000-000000000000/retry",
                "GET  | /api/v1/actions/8d3f5e5e-0000-4000-8000-000000000000",
                "GET  | /api/v1/actions?vm=none",
                "GET  | /api/v1/clusters/none",
                "GET  | /api/v1/hosts/none",
                "GET  | /api/v1/templates/none",
                "GET  | /api/v1/networks/none",
                "GET  | /api/v1/service-offerings/none",
                "GET  | /api/v1/extensions/none",
                "DELETE | /api/v1/extensions/none",
                "GET  | /api/v1/processes/none/diagram",
                "GET  | /api/v1/accounts/none",
                "DELETE | /api/v1/api-keys/8d3f5e5e-0000-4000-8000-000000000000",
                "GET  | /api/v1/nothing-of-the-kind",
                "POST | /api/v1/vms/none/fly"
            })
    void whatDoesNotExistIsNotFound(String method, String path) {
        problem(admin.send(method, path, null, new byte[0]), 404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/v1/operations/not-an-id             | not-an-id",
                "/api/v1/actions/not-an-id                | not-an-id",
                "/api/v1/actions?operation=not-an-id      | not-an-id",
                "/api/v1/actions?state=ODD                | ODD",
                "/api/v1/actions?since=yesterday          | yesterday",
                "/api/v1/actions?limit=0                  | 0",
                "/api/v1/actions?limit=100000             | 100000",
                "/api/v1/actions?limit=many               | many",
                "/api/v1/actions?cursor=%21%21            | !!",
                "/api/v1/operations?state=ODD             | ODD",
                "/api/v1/operations?cursor=abc            | abc",
                "/api/v1/vms?state=ODD                    | ODD",
                "/api/v1/vms?limit=-1                     | -1",
                "/api/v1/vms?cursor=abc                   | abc",
                "/api/v1/clusters?cursor=%21%21           | !!",
                "/api/v1/history?since=yesterday          | yesterday",
                "/api/v1/history?cursor=abc               | abc"
            })
    void aWrongQueryIsNamed(String path, String value) {
        var problem = problem(admin.get(path), 400);

        assertThat(problem.path("errors").path(0).path("value").asText()).isEqualTo(value);
        assertThat(problem.path("errors").path(0).path("pointer").asText()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/v1/vms      | {\"nam\":\"x\"}                          | /nam      | nam",
                "/api/v1/vms      | {\"name\":7}                             | /name     | 7",
                "/api/v1/vms      | {\"name\":{\"a\":1}}                     | /name     | ",
                "/api/v1/vms      | {\"networks\":\"demo\"}                  | /networks | ",
                "/api/v1/vms      | {\"details\":[]}                         | /details  | ",
                "/api/v1/vms      | {\"details\":{\"a\":{\"b\":1}}}          | /details/a | ",
                "/api/v1/vms      | []                                       |  | ",
                "/api/v1/vms      | 7                                        |  | ",
                "/api/v1/vms      | {\"name\":                               |           | ",
                "/api/v1/vms      | not json                                 |           | ",
                "/api/v1/clusters | {\"name\":\"../up\"}                     | /name     | ../up",
                "/api/v1/clusters | {\"name\":\"a/b\"}                       | /name     | a/b",
                "/api/v1/clusters | {\"name\":\"\"}                          | /name     | ",
                "/api/v1/clusters | {}                                       | /name     | ",
                "/api/v1/hosts    | {\"name\":\"x\",\"cluster\":\"none\"}    | /cluster  | none",
                "/api/v1/hosts    | {\"name\":\"x\",\"cluster\":\"demo\",\"state\":\"Odd\"} | /state | Odd",
                "/api/v1/networks | {\"name\":\"x\",\"cidr\":\"10.0.0.0/99\"} | /cidr    | 10.0.0.0/99",
                "/api/v1/networks | {\"name\":\"x\",\"cidr\":\"10.0.0.0/24\",\"vlan\":\"seven\"} | /vlan | seven",
                "/api/v1/networks | {\"name\":\"x\",\"cidr\":\"10.0.0.0/24\",\"vlan\":5000} | /vlan | 5000",
                "/api/v1/service-offerings | {\"name\":\"x\",\"cpus\":0,\"cpuSpeedMhz\":1,\"memoryMib\":1} | /cpus | 0",
                "/api/v1/service-offerings | {\"name\":\"x\",\"cpus\":1.5,\"cpuSpeedMhz\":1,\"memoryMib\":1} | /cpus | ",
                "/api/v1/extensions | {\"name\":\"../up\"}                   | /name     | ../up",
                "/api/v1/extensions | {\"name\":\"up\",\"path\":\"../../up.sh\"} | /path | ../../up.sh",
                "/api/v1/extensions | {}                                     | /name     | ",
                "/api/v1/accounts | {\"name\":\"x\",\"role\":\"GOD\",\"password\":\"correct horse\"} | /role | GOD",
                "/api/v1/accounts | {\"name\":\"../x\",\"role\":\"User\",\"password\":\"correct horse\"} | /name | ../x"
            })
    void aWrongFieldIsNamed(String path, String body, String pointer, String value) {
        var problem = problem(admin.post(path, body), 400);

        var error = problem.path("errors").path(0);
        assertThat(error.path("pointer").asText()).as(problem.toString()).isEqualTo(pointer == null ? "" : pointer);
        if (value != null) {
            assertThat(error.path("value").asText() + error.path("message").asText())
                    .contains(value);
        }
    }

    @Test
    void everyWrongReferenceOfANewVmIsNamedAtOnce() {
        var wish = Map.of(
                "name", "../x",
                "template", "none-1",
                "serviceOffering", "none-2",
                "networks", List.of("none-3"),
                "cluster", "none-4",
                "host", "none-5");

        var problem = problem(admin.post("/api/v1/vms", wish), 400);

        assertThat(problem.path("errors").findValuesAsText("value"))
                .contains("../x", "none-1", "none-2", "none-3", "none-4", "none-5");
    }

    @Test
    void missingFieldsOfANewVmAreNamed() {
        var problem = problem(admin.post("/api/v1/vms", "{}"), 400);

        assertThat(problem.path("errors").findValuesAsText("pointer"))
                .contains("/name", "/template", "/serviceOffering");
    }

    @Test
    void aNameIsTakenOnce() {
        var site = inventory.site();
        problem(admin.post("/api/v1/clusters", Map.of("name", site.name())), 409);
        var wish = Inventory.vm(site, Map.of());
        admin.done(admin.post("/api/v1/vms", wish));

        var problem = problem(admin.post("/api/v1/vms", wish), 409);

        assertThat(problem.path("detail").asText()).contains(String.valueOf(wish.get("name")));
    }

    @Test
    void anOversizedBodyIsRefused() {
        var problem = problem(admin.post("/api/v1/vms", Map.of("name", "x".repeat(1_100_000))), 413);

        assertThat(problem.path("limitBytes").asLong()).isEqualTo(1024 * 1024);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/xml",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x"
            })
    void aBodyOfAnotherTypeIsRefused(String type) {
        var body = "{\"name\":\"x\",\"password\":\"seventeen-secrets\"}";

        var problem = problem(admin.send("POST", "/api/v1/accounts", type, body.getBytes(StandardCharsets.UTF_8)), 415);

        assertThat(problem.toString()).doesNotContain("seventeen-secrets");
    }

    @Test
    void aMissingBodyIsRefused() {
        problem(admin.send("POST", "/api/v1/vms", "application/json", new byte[0]), 400);
    }

    @Test
    void anotherMethodIsRefused() {
        problem(admin.put("/api/v1/vms", "{}"), 405);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/vms/..%2f..%2fetc",
                "/api/v1/extensions/..%2f..%2fetc",
                "/api/v1/extensions/%2e%2e",
                "/api/v1/processes/..%2fvm-stop/diagram",
                "/api/v1/vms/%00",
                "/api/v1/vms/../../etc"
            })
    void aPathThatClimbsIsRefused(String path) {
        assertThat(admin.get(path).status()).isIn(400, 404);
        assertThat(admin.get(path).text()).doesNotContain("io.drover", "\tat ");
    }

    @ParameterizedTest
    @CsvSource({"start, wrong-vm-state", "deploy, vm-deployed"})
    void aVerbInTheWrongStateIsAConflict(String verb, String problemType) {
        var vm = inventory.running(inventory.site());

        var problem = problem(admin.post("/api/v1/vms/" + vm + "/" + verb), 409);

        assertThat(problem.path("type").asText()).isEqualTo("/problems/" + problemType);
        assertThat(admin.vm(vm).path("state").asText()).isEqualTo("Running");
    }

    @Test
    void aDeletedVmIsToldFromOneThatNeverWas() {
        var vm = inventory.running(inventory.site());
        inventory.ask("delete", vm);

        problem(admin.post("/api/v1/vms/" + vm + "/start"), 409);
        problem(admin.post("/api/v1/vms/" + UUID.randomUUID() + "/start"), 404);
    }

    private static JsonNode problem(Answer answer, int status) {
        return Problems.check(answer, status);
    }
}
