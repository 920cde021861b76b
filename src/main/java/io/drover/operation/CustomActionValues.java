package io.drover.operation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.access.SecretBox;
import io.drover.access.SecretNames;
import io.drover.extension.manifest.ActionDefinition;
import io.drover.extension.manifest.ActionParameters;
import io.drover.extension.wire.ExactJson;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Turns what was given for a custom action's parameters into what is kept of it, and back into what the program is given. */
@Component
class CustomActionValues {
    private final CustomActionCalls calls;
    private final SecretBox box;
    private final ObjectMapper json;

    CustomActionValues(CustomActionCalls calls, SecretBox box, ObjectMapper json) {
        this.calls = calls;
        this.box = box;
        this.json = json;
    }

    /**
     * Typed values.
     *
     * @param shown what may be told; secrets are masked
     */
    record Values(ObjectNode all, ObjectNode shown, List<String> secrets) {}

    /**
     * Checks what was given.
     *
     * @param secretNames names that are secret besides those that say so themselves
     * @throws io.drover.problem.ProblemException naming every parameter that is wrong
     */
    AskedAction asked(ActionDefinition action, Map<String, JsonNode> given, Set<String> secretNames) {
        var values = ActionParameters.read(action, given, secretNames);
        var shown = json.createObjectNode();
        var secret = json.createObjectNode();
        for (var parameter : action.parameters()) {
            var value = values.get(parameter.name());
            if (value != null && parameter.secret(secretNames)) {
                shown.put(parameter.name(), SecretNames.MASK);
                secret.set(parameter.name(), value);
            } else if (value != null) {
                shown.set(parameter.name(), value);
            }
        }
        var sealed = secret.isEmpty() ? null : box.seal(secret.toString());
        return new AskedAction(new CustomActionCall(action.name(), shown.toString()), sealed);
    }

    /** What an operation's custom action is given. */
    Values of(Operation operation, CustomActionCall call) {
        var shown = ExactJson.object(json, call.parameters());
        var all = shown.deepCopy();
        var secret = calls.sealedParameters(operation.id())
                .map(text -> ExactJson.object(json, box.open(text)))
                .orElseGet(json::createObjectNode);
        all.setAll(secret);
        return new Values(all, shown, secret.valueStream().map(JsonNode::asText).toList());
    }

    /** No values at all. */
    Values none() {
        return new Values(json.createObjectNode(), json.createObjectNode(), List.of());
    }
}
