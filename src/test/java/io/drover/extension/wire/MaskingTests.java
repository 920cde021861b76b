package io.drover.extension.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskingTests {
    private static final String SECRET = "pa\"ss\\wörd=1";

    private final ObjectMapper mapper = new ObjectMapper();
    private final Masking masking = new Masking(mapper, Set.of("pin", "node_code"));

    @BeforeEach
    void learn() throws JsonProcessingException {
        masking.json(mapper.createObjectNode().put("password", SECRET).put("shortsecret", "abc"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"password\":\"hunter2\",\"user\":\"root\"}; {\"password\":\"******\",\"user\":\"root\"}",
                "{\"vncPassword\":\"x\"}; {\"vncPassword\":\"******\"}",
                "{\"External:apikey\":\"abcdef\"}; {\"External:apikey\":\"******\"}",
                "{\"pin\":\"9876\",\"External:node_code\":\"zzzz\"}; {\"pin\":\"******\",\"External:node_code\":\"******\"}",
                "{\"a\":{\"b\":[{\"token\":\"abcdef\"}]}}; {\"a\":{\"b\":[{\"token\":\"******\"}]}}",
                "{\"secrets\":[\"one11\",{\"a\":\"two22\"}]}; {\"secrets\":[\"******\",{\"a\":\"******\"}]}",
                "{\"token\":12345678,\"other\":12345678}; {\"token\":\"******\",\"other\":\"******\"}",
                "{\"token\":null,\"x\":null}; {\"token\":null,\"x\":null}",
                "{\"passwordonetimeuseonly\":false,\"x\":\"false\"}; {\"passwordonetimeuseonly\":false,\"x\":\"false\"}",
                "{\"verify_token\":\"true\",\"x\":\"true\"}; {\"verify_token\":\"******\",\"x\":\"true\"}",
                "{\"token\":\"hidden-1\",\"echo\":\"is hidden-1.\"}; {\"token\":\"******\",\"echo\":\"is ******.\"}",
                "{\"text\":\"{\\\"token\\\":\\\"abc9def\\\"}\"}; {\"text\":\"{\\\"token\\\":\\\"******\\\"}\"}",
                "{\"a\":1}; {\"a\":1}"
            })
    void takesSecretsOutOfJson(String json, String expected) throws JsonProcessingException {
        var original = mapper.readTree(json);

        assertThat(masking.json(original)).isEqualTo(mapper.readTree(expected));
        assertThat(original).isEqualTo(mapper.readTree(json));
        assertThat(masking.text(masking.text(json))).isEqualTo(masking.text(json));
    }

    @Test
    void takesKnownValuesOutOfTextAndMessages() {
        assertThat(masking.text("login with " + SECRET + " failed")).isEqualTo("login with ****** failed");
        assertThat(masking.message("bad " + SECRET)).isEqualTo("bad ******");
        assertThat(masking.message(null)).isNull();
    }

    @Test
    void takesKnownValuesOutOfEscapedText() {
        assertThat(masking.text("sent {\"x\":\"pa\\\"ss\\\\wörd=1\"} to it"))
                .isEqualTo("sent {\"x\":\"******\"} to it");
    }

    @Test
    void takesKnownValuesOutOfJsonHoweverTheyAreEscaped() {
        assertThat(masking.text("{\"echo\":\"<pa\\u0022ss\\u005cw\\u00f6rd\\u003d1>\"}"))
                .isEqualTo("{\"echo\":\"<******>\"}");
    }

    @Test
    void learnsFromTheOutputWhatItTakesOutOfTheErrorOutput() {
        masking.text("[{\"token\":\"fresh-one\"}]");

        assertThat(masking.text("got fresh-one")).isEqualTo("got ******");
    }

    @Test
    void takesTheLongerOfTwoValuesOutFirst() {
        masking.json(mapper.createObjectNode().put("token", "secret").put("token2", "secret-longer"));

        assertThat(masking.text("secret-longer secret")).isEqualTo("****** ******");
    }

    @ParameterizedTest
    @CsvSource({"x", "true", "null", "****"})
    void leavesCommonValuesInText(String value) {
        masking.json(mapper.createObjectNode().put("token", value));

        assertThat(masking.text("say " + value)).isEqualTo("say " + value);
    }

    @Test
    void leavesTextWithoutSecretsAsItIs() {
        var text = "{ \"a\" : 1 ,  \"b\":[ ] }\n";

        assertThat(masking.text(text)).isEqualTo(text);
    }

    @Test
    void masksWhatIsMaskedOnlyOnce() {
        var once = masking.text("x " + SECRET + " y ******");

        assertThat(masking.text(once)).isEqualTo(once);
        masking.text("{\"password\":\"******\"}");
        assertThat(masking.text(once)).isEqualTo(once);
    }

    @Test
    void masksNamesOfOtherManifestsAmongDetailsOnly() throws JsonProcessingException {
        masking.alsoInDetails(Set.of("name", "license"));

        assertThat(masking.json(mapper.readTree("{\"name\":\"vm-1\",\"details\":{\"External:license\":\"abc-1\"}}"))
                        .toString())
                .isEqualTo("{\"name\":\"vm-1\",\"details\":{\"External:license\":\"******\"}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "log {\"token\":\"new-1\"} new-1; log {\"token\":\"******\"} ******",
                "{\"a\":1}|{\"pin\": 987654}|987654; {\"a\":1}|{\"pin\": \"******\"}|******",
                "sent \"{\\\"password\\\":\\\"new-2\\\"}\"; sent \"{\\\"password\\\":\\\"******\\\"}\"",
                "5\" disk, \"secret\" : \"new\\\"3\" rest; 5\" disk, \"secret\" : \"******\" rest",
                "GET https://u:new-4-pw@h/ new-4-pw; GET https://******@h/ ******",
                "{\"url\":\"https://u:new-5-pw@h/\"}; {\"url\":\"https://******@h/\"}"
            })
    void findsNamesInTextThatIsNoJson(String text, String masked) {
        assertThat(masking.text(text)).isEqualTo(masked);
    }

    @Test
    void masksNamesOfFieldsThatAreSecrets() {
        assertThat(masking.text("{\"" + SECRET.replace("\"", "\\\"").replace("\\w", "\\\\w") + "\":1}"))
                .isEqualTo("{\"******\":1}");
    }

    @Test
    void masksTheNameOfAnAccountUnderItsNameOnly() throws JsonProcessingException {
        assertThat(masking.json(mapper.readTree("{\"token\":\"root@pam\",\"user\":\"root@pam\"}"))
                        .toString())
                .isEqualTo("{\"token\":\"******\",\"user\":\"root@pam\"}");
    }
}
