package io.drover.extension.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drover.access.RoleType;
import io.drover.problem.ProblemException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActionDefinitionTests {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Test
    void hasDefaults() throws JsonProcessingException {
        var action = ActionDefinitionReader.read(json("{\"name\": \"Take Snapshot_2-b\"}"));

        assertThat(action.resourceType()).isEqualTo("VirtualMachine");
        assertThat(action.allowedRoleTypes()).containsExactly(RoleType.ADMIN);
        assertThat(action.parameters()).isEmpty();
        assertThat(action.timeoutSeconds()).isEqualTo(60);
        assertThat(action.repeatable()).isFalse();
        assertThat(action.enabled()).isTrue();
    }

    @Test
    void alwaysAllowsAdmins() throws JsonProcessingException {
        assertThat(ActionDefinitionReader.read(json("{\"name\": \"a\", \"allowedRoleTypes\": [\"User\"]}"))
                        .allowedRoleTypes())
                .isEqualTo(Set.of(RoleType.ADMIN, RoleType.USER));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {}                                           | /name           | is missing
                    []                                           | ``              | must be a mapping
                    {"name": "a/b"}                              | /name           | letters, digits
                    {"name": "ä"}                                | /name           | letters, digits
                    {"name": "stop"}                             | /name           | verb of the contract
                    {"name": "create"}                           | /name           | verb of the contract
                    {"name": "custom-action"}                    | /name           | verb of the contract
                    {"name": "5d1f7a3c-0000-4000-8000-0123456789ab"} | /name       | must not be a UUID
                    {"name": "a", "colour": 1}                   | /colour         | is not a field here
                    {"name": "a", "timeout": 0}                  | /timeout        | from 1 to 86400
                    {"name": "a", "timeout": 86401}              | /timeout        | from 1 to 86400
                    {"name": "a", "timeout": "60"}               | /timeout        | from 1 to 86400
                    {"name": "a", "enabled": "yes"}              | /enabled        | true or false
                    {"name": "a", "resourceType": "Vpc"}         | /resourceType   | VirtualMachine
                    {"name": "a", "allowedRoleTypes": ["Root"]}  | /allowedRoleTypes/0 | must be one of
                    {"name": "a", "details": {"x": 1}}           | /details/x      | must be text
                    {"name": "a", "successMessage": "{{vmName}}"} | /successMessage | {{actionName}}, {{extensionName}}, {{resourceName}}
                    {"name": "a", "errorMessage": "no {{}}"}     | /errorMessage   | placeholders
                    {"name": "a", "errorMessage": "{{ actionName }}"} | /errorMessage | placeholders
                    {"name": "a", "parameters": [{}]}            | /parameters/0/name | is missing
                    {"name": "a", "parameters": [{"name": "p"}, {"name": "p"}]} | /parameters/1/name | another parameter
                    {"name": "a", "parameters": [{"name": "p", "type": "TEXT"}]} | /parameters/0/type | BOOLEAN, DATE, NUMBER, STRING
                    {"name": "a", "parameters": [{"name": "p", "type": "NUMBER", "validationFormat": "UUID"}]} | /parameters/0/validationFormat | [NONE, DECIMAL] for a NUMBER
                    {"name": "a", "parameters": [{"name": "p", "type": "BOOLEAN", "validationFormat": "DECIMAL"}]} | /parameters/0/validationFormat | [NONE] for a BOOLEAN
                    {"name": "a", "parameters": [{"name": "p", "type": "DATE", "validationFormat": "URL"}]} | /parameters/0/validationFormat | [NONE] for a DATE
                    {"name": "a", "parameters": [{"name": "p", "type": "STRING", "validationFormat": "DECIMAL"}]} | /parameters/0/validationFormat | for a STRING
                    {"name": "a", "parameters": [{"name": "p", "type": "BOOLEAN", "options": ["true"]}]} | /parameters/0/options | a BOOLEAN has no options
                    {"name": "a", "parameters": [{"name": "p", "type": "DATE", "options": ["2026-01-01"]}]} | /parameters/0/options | a DATE has no options
                    {"name": "a", "parameters": [{"name": "p", "validationFormat": "PASSWORD", "options": ["x"]}]} | /parameters/0/options | a PASSWORD has no options
                    {"name": "a", "parameters": [{"name": "p", "type": "NUMBER", "options": ["1", "two"]}]} | /parameters/0/options/1 | a whole number
                    {"name": "a", "parameters": [{"name": "p", "type": "NUMBER", "options": [1.5]}]} | /parameters/0/options/0 | a whole number
                    {"name": "a", "parameters": [{"name": "p", "validationFormat": "UUID", "options": ["x"]}]} | /parameters/0/options/0 | a UUID
                    {"name": "a", "parameters": [{"name": "p", "validationFormat": "URL", "options": ["x"]}]} | /parameters/0/options/0 | a URL
                    {"name": "a", "parameters": [{"name": "p", "validationFormat": "EMAIL", "options": ["x"]}]} | /parameters/0/options/0 | an e-mail address
                    {"name": "a", "parameters": [{"name": "p", "options": [" "]}]} | /parameters/0/options/0 | blank
                    """)
    void namesWhatIsWrong(String body, String pointer, String reason) {
        var refusal = catchThrowableOfType(ProblemException.class, () -> ActionDefinitionReader.read(json(body)));

        assertThat(refusal.violations().get(0).pointer()).isEqualTo(pointer);
        assertThat(refusal.violations().get(0).message()).contains(reason);
    }

    @Test
    void keepsOptionsAsTheyAreWritten() throws JsonProcessingException {
        var action = ActionDefinitionReader.read(json("""
                {"name": "a", "parameters": [
                  {"name": "n", "type": "NUMBER", "validationFormat": "DECIMAL", "options": ["0.50", 1, 2.5]}]}
                """));

        assertThat(action.parameters().get(0).options()).containsExactly("0.50", "1", "2.5");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    done                                                   | done
                    {{actionName}} of {{extensionName}} on {{resourceName}} | Act of Acme on web-1
                    {{actionName}}{{actionName}}                           | ActAct
                    {actionName} {{ {{resourceName}} }}                    | {actionName} {{ web-1 }}
                    $1 \\\\ {{resourceName}}                               | $1 \\\\ web-1
                    """)
    void expandsBothTemplates(String template, String message) throws JsonProcessingException {
        var body = json("{\"name\": \"Act\"}").deepCopy();
        var own = ((com.fasterxml.jackson.databind.node.ObjectNode) body)
                .put("successMessage", template)
                .put("errorMessage", template);
        var action = ActionDefinitionReader.read(own);

        assertThat(action.message(true, "Acme", "web-1")).isEqualTo(message);
        assertThat(action.message(false, "Acme", "web-1")).isEqualTo(message);
    }

    @Test
    void hasMessagesOfItsOwnAndNeverExpandsAName() throws JsonProcessingException {
        var action = ActionDefinitionReader.read(json("{\"name\": \"Act\"}"));

        assertThat(action.message(true, "Acme", "{{actionName}}")).isEqualTo("Act is done for {{actionName}}");
        assertThat(action.message(false, "Acme", "web-1")).isEqualTo("Act has failed for web-1");
    }

    @Test
    void changesOnlyWhatIsGiven() throws JsonProcessingException {
        var known = ActionDefinitionReader.read(json("""
                {"name": "a", "description": "d", "allowedRoleTypes": ["User"], "timeout": 5, "repeatable": true,
                 "errorMessage": "e", "parameters": [{"name": "p", "type": "NUMBER", "options": ["1"]}]}
                """));

        assertThat(ActionDefinitionBody.changed(known, json("{}"))).isEqualTo(known);
        var changed = ActionDefinitionBody.changed(
                known, json("{\"description\": null, \"timeout\": 6, \"details\": {\"k\": \"v\"}}"));
        assertThat(changed.description()).isNull();
        assertThat(changed.timeoutSeconds()).isEqualTo(6);
        assertThat(changed.details()).isEqualTo(Map.of("k", "v"));
        assertThat(changed.parameters()).isEqualTo(known.parameters());
    }

    @Test
    void neverChangesItsName() throws JsonProcessingException {
        var known = ActionDefinitionReader.read(json("{\"name\": \"a\"}"));

        assertThatThrownBy(() -> ActionDefinitionBody.changed(known, json("{\"name\": \"b\", \"enabled\": 7}")))
                .hasMessageContaining("/name: cannot change")
                .hasMessageContaining("/enabled: must be true or false");
    }

    @Test
    void isTheSameAfterItWasStored() throws JsonProcessingException {
        var action = ActionDefinitionReader.read(json("""
                {"name": "a", "description": "d", "allowedRoleTypes": ["User"], "timeout": 5, "enabled": false,
                 "successMessage": "s", "parameters": [{"name": "p", "type": "DATE", "required": true}]}
                """));

        assertThat(MAPPER.readValue(MAPPER.writeValueAsString(action), ActionDefinition.class))
                .isEqualTo(action);
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return MAPPER.readTree(text);
    }
}
