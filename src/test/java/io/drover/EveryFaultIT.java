package io.drover;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every wrong type and every unknown field of a JSON body is told in one answer. */
class EveryFaultIT extends WholeApplication {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            POST  | service-offerings | {"name":{},"cpus":"x","memoryMib":[],"ram":1}       | /name /cpus /memoryMib /ram
            PATCH | service-offerings/o | {"cpus":1.5,"cpuSpeedMhz":99999999999,"a~/b":0}    | /cpus /cpuSpeedMhz /a~0~1b
            POST  | hosts             | {"name":7,"state":"Upp","details":{"a":{},"b":[1]}} | /name /state /details/a /details/b
            PATCH | hosts/h           | {"details":{"a":true,"b":"ok","c":2}}               | /details/a /details/c
            POST  | clusters          | {"name":[],"description":false,"details":"x"}       | /name /description /details
            POST  | networks          | {"name":1,"vlan":"x","dns1":{},"cdir":"10.0.0.0/8"} | /name /vlan /dns1 /cdir
            POST  | templates         | {"arch":1,"extension":[],"image":"x"}               | /arch /extension /image
            POST  | vms               | {"name":{},"networks":[{"ip":1,"mask":2},7,"n"],"x":1}  | /name /networks/0/ip /networks/0/mask /networks/1 /x
            PATCH | vms/v             | {"details":{"a":[]},"nmae":"x"}                     | /details/a /nmae
            POST  | accounts          | {"name":{},"role":"Boss","topics":[{},"t",[]]}      | /name /role /topics/0 /topics/2
            POST  | api-keys          | {"label":[],"acount":"x"}                           | /label /acount
            POST  | extensions        | {"name":[],"path":1}                                | /name /path
            PATCH | extensions/Simulator | {"enabled":"perhaps","details":[],"on":1}        | /enabled /details /on
            POST  | extensions/import | {"path":{},"verify":"MOST"}                         | /path /verify
            POST  | extensions/Simulator/actions | {"name":"a","enabled":7,"parameters":7,"x":1} | /enabled /parameters /x
            POST  | vms/v/actions/a   | {"parameters":7,"params":{}}                        | /parameters /params
            """)
    void areAllTold(String method, String path, String body, String pointers) {
        var errors = errors(method, path, body);

        assertThat(errors.keySet()).containsExactlyInAnyOrder(pointers.split(" "));
    }

    @Test
    void eachSaysWhatWasGivenAndWhatIsAllowed() {
        var errors = errors(
                "POST",
                "accounts",
                "{\"name\":[\"a\"],\"password\":7,\"role\":\"Boss\",\"topics\":null,\"nmae\":\"x\"}");

        assertThat(errors.get("/name"))
                .hasToString("{\"pointer\":\"/name\",\"message\":\"must be a string, not an array\"}");
        assertThat(errors.get("/password").path("value").asText()).isEmpty();
        assertThat(errors.get("/role").path("value").asText()).isEqualTo("Boss");
        assertThat(errors.get("/role").path("message").asText()).contains("must be one of", "ResourceAdmin");
        assertThat(errors.get("/nmae").path("message").asText()).contains("is not a field here", "password");
    }

    @Test
    void moreThanAnybodyReadsAreCutOffAndSaidToBe() {
        var body = IntStream.range(0, 200).mapToObj(i -> "\"f" + i + "\":1").collect(Collectors.joining(",", "{", "}"));

        var errors = errors("POST", "clusters", body);

        assertThat(errors).hasSize(51).containsKey("/f49").doesNotContainKey("/f50");
        assertThat(errors.get("").path("message").asText()).isEqualTo("has more faults than these 50");
    }

    @Test
    void whatIsNoJsonAtAllIsTheOneFault() {
        assertThat(errors("POST", "clusters", "{\"name\":7,\"description\":").keySet())
                .containsExactly("");
        assertThat(errors("POST", "clusters", "[]").get("").path("message").asText())
                .isEqualTo("must be an object, not an array");
    }

    private Map<String, JsonNode> errors(String method, String path, String body) {
        var answer = admin.send(
                method, "/api/v1/" + path, "application/json", body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        Map<String, JsonNode> errors = new TreeMap<>();
        Problems.check(answer, 400)
                .path("errors")
                .forEach(error -> errors.put(error.path("pointer").asText(), error));
        return errors;
    }
}
