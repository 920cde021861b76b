package io.drover.inventory.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.drover.inventory.InventoryFixtures;
import io.drover.inventory.InventoryTest;
import io.drover.inventory.NewVm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@InventoryTest
class InventoryRestTests {
    private final MockMvcTester http;
    private final InventoryFixtures fixtures;
    private final ObjectMapper json;

    InventoryRestTests(MockMvcTester http, InventoryFixtures fixtures, ObjectMapper json) {
        this.http = http;
        this.fixtures = fixtures;
        this.json = json;
    }

    @BeforeEach
    void reset() {
        fixtures.reset();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "clusters          | {\"name\": \"n\", \"description\": \"d\", \"details\": {\"token\": \"t\"}}",
                "hosts             | {\"name\": \"n\", \"cluster\": \"demo\", \"state\": \"Disabled\", \"details\": {\"token\": \"t\"}}",
                "templates         | {\"name\": \"n\", \"extension\": \"simulator\", \"details\": {\"token\": \"t\"}}",
                "service-offerings | {\"name\": \"n\", \"cpus\": 1, \"cpuSpeedMhz\": 1, \"memoryMib\": 1, \"details\": {\"token\": \"t\"}}",
                "networks          | {\"name\": \"n\", \"cidr\": \"10.7.0.0/24\", \"details\": {\"token\": \"t\"}}"
            })
    void createsReadsChangesAndRemoves(String path, String body) {
        var created = send(HttpMethod.POST, path, body);
        assertThat(created)
                .hasStatus(HttpStatus.CREATED)
                .bodyJson()
                .extractingPath("$.name")
                .isEqualTo("n");
        assertThat(created).bodyJson().extractingPath("$.details.token").isEqualTo("******");
        assertThat(created.getResponse().getHeader("Location")).startsWith("/api/v1/" + path + "/");

        assertThat(send(HttpMethod.PATCH, path + "/n", "{\"name\": \"m\"}")).hasStatusOk();
        assertThat(send(HttpMethod.GET, path + "/m", ""))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.id")
                .isNotNull();
        assertThat(send(HttpMethod.GET, path, ""))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.items[*].name")
                .asArray()
                .contains("m");
        assertThat(send(HttpMethod.DELETE, path + "/m", "")).hasStatus(HttpStatus.NO_CONTENT);
        assertThat(send(HttpMethod.GET, path + "/m", "")).hasStatus(HttpStatus.NOT_FOUND);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "clusters  | {\"name\": \"\"}                                | /name        | ``",
                "clusters  | {\"name\": \"../x\"}                            | /name        | ../x",
                "clusters  | {\"nam\": \"x\"}                                | /nam         | nam",
                "hosts     | {\"name\": \"x\", \"cluster\": \"nope\"}        | /cluster     | nope",
                "hosts     | {\"name\": \"x\", \"cluster\": \"demo\", \"state\": \"Sideways\"} | /state | Sideways",
                "networks  | {\"name\": \"x\", \"cidr\": \"10.0.0.0/31\"}    | /cidr        | 10.0.0.0/31",
                "templates | {\"name\": \"x\", \"extension\": \"nope\"}      | /extension   | nope"
            })
    void namesWhatIsWrongWithABody(String path, String body, String pointer, String value) {
        var refused = send(HttpMethod.POST, path, body);

        assertThat(refused)
                .hasStatus(HttpStatus.BAD_REQUEST)
                .hasContentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(refused).bodyJson().extractingPath("$.errors[0].pointer").isEqualTo(pointer);
        assertThat(refused).bodyJson().extractingPath("$.errors[0].value").isEqualTo(value);
    }

    @Test
    void tellsAMissingFieldWithoutAValue() {
        assertThat(send(HttpMethod.POST, "clusters", "{}"))
                .hasStatus(HttpStatus.BAD_REQUEST)
                .bodyJson()
                .extractingPath("$.errors[0]")
                .asMap()
                .containsOnlyKeys("pointer", "message")
                .containsEntry("pointer", "/name");
    }

    @Test
    void namesTheFieldThatIsOfAWrongType() {
        assertThat(send(HttpMethod.POST, "networks", "{\"name\": \"x\", \"vlan\": \"seven\"}"))
                .hasStatus(HttpStatus.BAD_REQUEST)
                .bodyJson()
                .extractingPath("$.errors[0].pointer")
                .isEqualTo("/vlan");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "{", "\"x\""})
    void refusesBodiesThatAreNoObject(String body) {
        assertThat(send(HttpMethod.POST, "clusters", body))
                .hasStatus(HttpStatus.BAD_REQUEST)
                .hasContentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON);
    }

    @Test
    void answersConflictForATakenNameAndForWhatIsInUse() {
        assertThat(send(HttpMethod.POST, "clusters", "{\"name\": \"demo\"}"))
                .hasStatus(HttpStatus.CONFLICT)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("/problems/name-taken");
        assertThat(send(HttpMethod.DELETE, "clusters/demo", ""))
                .hasStatus(HttpStatus.CONFLICT)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("/problems/in-use");
    }

    @Test
    void letsOnlyAdminsWriteAndSeeHowHostsAreConfigured() {
        send(HttpMethod.PATCH, "hosts/sim-1", "{\"details\": {\"node\": \"pve1\"}}");

        assertThat(sendAs("ann", "USER", HttpMethod.GET, "hosts/sim-1", ""))
                .hasStatusOk()
                .bodyJson()
                .doesNotHavePath("$.details")
                .extractingPath("$.cluster.name")
                .isEqualTo("demo");
        assertThat(send(HttpMethod.GET, "hosts/sim-1", ""))
                .bodyJson()
                .extractingPath("$.details.node")
                .isEqualTo("pve1");
        for (var path : new String[] {"clusters", "hosts", "templates", "service-offerings", "networks"}) {
            assertThat(sendAs("ann", "USER", HttpMethod.POST, path, "{\"name\": \"x\"}"))
                    .hasStatus(HttpStatus.FORBIDDEN);
        }
    }

    @Test
    void showsAVmWithAllItRefersTo() {
        fixtures.vm("web", "demo");

        assertThat(sendAs("ann", "USER", HttpMethod.GET, "vms/web", ""))
                .hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo("""
                        {"name": "web", "state": "Allocated", "powerState": "PowerUnknown",
                         "owner": {"name": "ann"}, "domain": "/sales", "template": {"name": "tiny"},
                         "serviceOffering": {"name": "small"}, "details": {}, "createdAt": "2026-11-02T03:04:05Z",
                         "nics": [{"deviceId": 0, "network": {"name": "demo"}, "ip": "10.1.0.2", "default": true,
                                   "netmask": "255.255.255.0", "gateway": "10.1.0.1"}]}
                        """);
        assertThat(sendAs("bob", "USER", HttpMethod.GET, "vms/web", "")).hasStatus(HttpStatus.NOT_FOUND);
        assertThat(sendAs("bob", "USER", HttpMethod.GET, "vms", ""))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.items")
                .asArray()
                .isEmpty();
        assertThat(send(HttpMethod.GET, "vms?state=Allocated&template=tiny", ""))
                .bodyJson()
                .extractingPath("$.items[0].nics[0].network.name")
                .isEqualTo("demo");
    }

    @Test
    void changesOnlyTheDetailsOfAVm() {
        fixtures.vm("web", "demo");

        assertThat(sendAs(
                        "ann",
                        "USER",
                        HttpMethod.PATCH,
                        "vms/web",
                        "{\"details\": {\"a\": \"1\", \"pw.password\": \"x\"}}"))
                .hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo("{\"details\": {\"a\": \"1\", \"pw.password\": \"******\"}}");
        assertThat(sendAs("ann", "USER", HttpMethod.PATCH, "vms/web", "{\"details\": {\"a\": null}}"))
                .bodyJson()
                .doesNotHavePath("$.details.a");
        assertThat(sendAs("ann", "USER", HttpMethod.PATCH, "vms/web", "{\"name\": \"other\"}"))
                .hasStatus(HttpStatus.BAD_REQUEST);
        assertThat(sendAs("bob", "USER", HttpMethod.PATCH, "vms/web", "{\"details\": {\"a\": \"1\"}}"))
                .hasStatus(HttpStatus.NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"vms?state=Flying", "vms?limit=0", "vms?limit=x", "vms?cursor=*", "clusters?cursor=%20"})
    void refusesQueriesThatMakeNoSense(String query) {
        assertThat(send(HttpMethod.GET, query, ""))
                .hasStatus(HttpStatus.BAD_REQUEST)
                .bodyJson()
                .extractingPath("$.errors[0].pointer")
                .asString()
                .startsWith("?");
    }

    @Test
    void readsNetworksOfANewVmAsNamesAndAsObjects() throws Exception {
        var request = json.readValue(
                "{\"name\": \"web\", \"networks\": [\"demo\", {\"network\": \"demo\", \"ip\": \"10.1.0.9\"}]}",
                NewVm.class);

        assertThat(request.networks())
                .extracting(nic -> nic.network() + " " + nic.ip())
                .containsExactly("demo null", "demo 10.1.0.9");
    }

    private MvcTestResult send(HttpMethod method, String path, String body) {
        return sendAs("admin", "ADMIN", method, path, body);
    }

    private MvcTestResult sendAs(String name, String role, HttpMethod method, String path, String body) {
        return http.method(method)
                .uri("/api/v1/" + path)
                .with(user(name).roles(role))
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }
}
