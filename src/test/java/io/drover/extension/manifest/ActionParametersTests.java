package io.drover.extension.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drover.extension.wire.ExactJson;
import io.drover.problem.ProblemException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every type, format and option of a custom action's parameters, with values that are taken and values that are not. */
class ActionParametersTests {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    BOOLEAN | NONE     |               | true                                   | true
                    BOOLEAN | NONE     |               | false                                  | false
                    BOOLEAN | NONE     |               | "true"                                 | true
                    BOOLEAN | NONE     |               | "false"                                | false
                    DATE    | NONE     |               | "2026-05-31"                           | "2026-05-31"
                    DATE    | NONE     |               | "2024-02-29"                           | "2024-02-29"
                    DATE    | NONE     |               | "2026-05-31T08:30Z"                    | "2026-05-31T08:30Z"
                    DATE    | NONE     |               | "2026-05-31T08:30:00Z"                 | "2026-05-31T08:30:00Z"
                    DATE    | NONE     |               | "2026-05-31T10:30:00.123456+02:00"     | "2026-05-31T10:30:00.123456+02:00"
                    DATE    | NONE     |               | "2026-12-24T18:00:00+0000"             | "2026-12-24T18:00:00+00:00"
                    DATE    | NONE     |               | "2026-12-24T18:00:00.5-0530"           | "2026-12-24T18:00:00.5-05:30"
                    DATE    | NONE     |               | "2026-12-24T18:00+02"                  | "2026-12-24T18:00+02:00"
                    NUMBER  | NONE     |               | 5                                      | 5
                    NUMBER  | NONE     |               | -5                                     | -5
                    NUMBER  | NONE     |               | 0                                      | 0
                    NUMBER  | NONE     |               | "5"                                    | 5
                    NUMBER  | NONE     |               | "-12"                                  | -12
                    NUMBER  | NONE     |               | 123456789012345678901234567890         | 123456789012345678901234567890
                    NUMBER  | NONE     |               | "123456789012345678901234567890"       | 123456789012345678901234567890
                    NUMBER  | NONE     | "1", "2"      | 2                                      | 2
                    NUMBER  | NONE     | 1, 2          | "2"                                    | 2
                    NUMBER  | DECIMAL  |               | 5                                      | 5
                    NUMBER  | DECIMAL  |               | "5"                                    | 5
                    NUMBER  | DECIMAL  |               | 0.1                                    | 0.1
                    NUMBER  | DECIMAL  |               | "0.1"                                  | 0.1
                    NUMBER  | DECIMAL  |               | 1.50                                   | 1.50
                    NUMBER  | DECIMAL  |               | 0.12345678901234567890123              | 0.12345678901234567890123
                    NUMBER  | DECIMAL  |               | "-2.5e3"                               | -2.5E+3
                    NUMBER  | DECIMAL  | "0.5", "1"    | 0.50                                   | 0.50
                    NUMBER  | DECIMAL  | 0.5, 1        | "1.0"                                  | 1.0
                    STRING  | NONE     |               | "before update"                        | "before update"
                    STRING  | NONE     |               | " ünï "                                | " ünï "
                    STRING  | NONE     |               | "5"                                    | "5"
                    STRING  | NONE     | "a", "b c"    | "b c"                                  | "b c"
                    STRING  | UUID     |               | "5d1f7a3c-0000-4000-8000-0123456789ab" | "5d1f7a3c-0000-4000-8000-0123456789ab"
                    STRING  | EMAIL    |               | "ann.b+c@example.org"                  | "ann.b+c@example.org"
                    STRING  | EMAIL    | "a@b.org"     | "a@b.org"                              | "a@b.org"
                    STRING  | URL      |               | "https://example.org:8443/x?y=z"       | "https://example.org:8443/x?y=z"
                    STRING  | PASSWORD |               | "s3cret words"                         | "s3cret words"
                    """)
    void takesWhatFits(String type, String format, String options, String given, String delivered)
            throws JsonProcessingException {
        var action = action(type, format, options);

        var values = ActionParameters.read(action, Map.of("p", json(given)), Set.of());

        assertThat(values.get("p").toString()).isEqualTo(delivered);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    BOOLEAN | NONE     |            | "True"                           | must be true or false
                    BOOLEAN | NONE     |            | "yes"                            | must be true or false
                    BOOLEAN | NONE     |            | 1                                | must be true or false
                    BOOLEAN | NONE     |            | {"a":true}                       | must be true or false
                    DATE    | NONE     |            | "31.05.2026"                     | ISO 8601
                    DATE    | NONE     |            | "2026-02-30"                     | ISO 8601
                    DATE    | NONE     |            | "2026-05-31T08:30:00"            | ISO 8601
                    DATE    | NONE     |            | "2026-05-31T25:30:00Z"           | ISO 8601
                    DATE    | NONE     |            | "+12026-05-31"                   | ISO 8601
                    DATE    | NONE     |            | 1780000000                       | ISO 8601
                    NUMBER  | NONE     |            | 5.0                              | a whole number
                    NUMBER  | NONE     |            | "5.0"                            | a whole number
                    NUMBER  | NONE     |            | "five"                           | a whole number
                    NUMBER  | NONE     |            | "0x10"                           | a whole number
                    NUMBER  | NONE     |            | true                             | a whole number
                    NUMBER  | NONE     |            | [5]                              | a whole number
                    NUMBER  | NONE     | 1, 2       | 3                                | must be one of 1, 2
                    NUMBER  | DECIMAL  |            | "1,5"                            | must be a number
                    NUMBER  | DECIMAL  |            | "NaN"                            | must be a number
                    NUMBER  | DECIMAL  |            | ".5"                             | must be a number
                    NUMBER  | DECIMAL  |            | 1e400                            | must be a number
                    NUMBER  | DECIMAL  | 0.5, 1     | 0.7                              | must be one of 0.5, 1
                    STRING  | NONE     |            | 5                                | must be text
                    STRING  | NONE     |            | true                             | must be text
                    STRING  | NONE     |            | ["a"]                            | must be text
                    STRING  | NONE     |            | "a\\u0000b"                      | without NUL
                    STRING  | NONE     |            | "a\\ud800b"                      | must be text
                    STRING  | NONE     |            | ""                               | must not be blank
                    STRING  | NONE     |            | "  "                             | must not be blank
                    STRING  | NONE     |            | null                             | must not be blank
                    NUMBER  | NONE     |            | ""                               | must not be blank
                    STRING  | NONE     | "a", "b c" | "c"                              | must be one of a, b c
                    STRING  | NONE     | "a", "b c" | "A"                              | must be one of a, b c
                    STRING  | UUID     |            | "5d1f7a3c"                       | must be a UUID
                    STRING  | EMAIL    |            | "ann at example.org"             | must be an e-mail address
                    STRING  | EMAIL    |            | "ann@"                           | must be an e-mail address
                    STRING  | URL      |            | "example.org"                    | must be a URL
                    STRING  | URL      |            | "https://a b"                    | must be a URL
                    STRING  | PASSWORD |            | 12345678                         | must be text that is not blank
                    """)
    void namesParameterValueAndWhatIsAllowed(String type, String format, String options, String given, String reason)
            throws JsonProcessingException {
        var refusal = refusal(action(type, format, options), Map.of("p", json(given)));

        assertThat(refusal.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.pointer()).isEqualTo("/parameters/p");
            assertThat(violation.message()).contains(reason);
            if (format.equals("PASSWORD")) {
                assertThat(violation.value()).isNull();
                assertThat(refusal.getMessage()).doesNotContain("12345678");
            } else {
                assertThat(String.valueOf(violation.value()))
                        .isEqualTo(json(given).toString());
            }
        });
    }

    @Test
    void namesEverythingThatIsWrongAtOnce() throws JsonProcessingException {
        var action = ActionDefinitionReader.read(json("""
                {"name": "Act", "parameters": [
                  {"name": "a/b~c", "required": true}, {"name": "n", "type": "NUMBER"}, {"name": "o"}]}
                """));

        var refusal = refusal(action, new TreeMap<>(Map.of("n", json("\"x\""), "passwrd", json("\"hunter22\""))));

        assertThat(refusal.violations())
                .extracting(violation -> violation.pointer() + " " + violation.message())
                .containsExactly(
                        "/parameters/a~1b~0c is missing; Act requires it",
                        "/parameters/n must be a whole number of at most 100 digits, written without a point",
                        "/parameters/passwrd is not a parameter of Act; it has a/b~c, n, o");
        assertThat(refusal.violations().toString()).doesNotContain("hunter22");
    }

    @Test
    void refusesParametersOfAnActionThatHasNone() throws JsonProcessingException {
        var refusal = refusal(ActionDefinitionReader.read(json("{\"name\": \"Act\"}")), Map.of("x", json("1")));

        assertThat(refusal.getMessage()).isEqualTo("/parameters/x: is not a parameter of Act; it has none");
    }

    @Test
    void leavesOptionalParametersOut() throws JsonProcessingException {
        assertThat(ActionParameters.read(action("NUMBER", "NONE", null), Map.of(), Set.of()))
                .isEmpty();
    }

    @Test
    void repeatsNoValueUnderASecretName() throws JsonProcessingException {
        var action = ActionDefinitionReader.read(
                json("{\"name\": \"Act\", \"parameters\": [{\"name\": \"api_token\"}, {\"name\": \"pin\"}]}"));

        var refusal = catchThrowableOfType(
                ProblemException.class,
                () -> ActionParameters.read(
                        action, Map.of("api_token", json("4711"), "pin", json("4712")), Set.of("pin")));

        assertThat(refusal.violations()).hasSize(2).allSatisfy(violation -> assertThat(violation.value())
                .isNull());
    }

    private static ProblemException refusal(ActionDefinition action, Map<String, JsonNode> given) {
        return catchThrowableOfType(ProblemException.class, () -> ActionParameters.read(action, given, Set.of()));
    }

    private static ActionDefinition action(String type, String format, String options) throws JsonProcessingException {
        return ActionDefinitionReader.read(json("""
                {"name": "Act", "parameters": [
                  {"name": "p", "type": "%s", "validationFormat": "%s", "options": [%s]}]}
                """.formatted(type, format, options == null ? "" : options)));
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return ExactJson.reader(MAPPER).readTree(text);
    }
}
