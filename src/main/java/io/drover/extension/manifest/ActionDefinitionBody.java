package io.drover.extension.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.problem.ProblemException;
import io.drover.problem.Violation;
import java.util.ArrayList;
import java.util.List;

/** The definition of a custom action in the form that manifests and requests have. */
public final class ActionDefinitionBody {
    private static final String NAME = "name";

    private ActionDefinitionBody() {}

    /**
     * The definition with what a request changes: a field that is given replaces the known one, null takes it away. Without the
     * field {@code details} there are none in it.
     *
     * @throws ProblemException with everything that is wrong, such as another name
     */
    public static ActionDefinition changed(ActionDefinition known, JsonNode changes) {
        if (!changes.isObject()) {
            return ActionDefinitionReader.read(changes);
        }
        var name = changes.get(NAME);
        boolean renamed = name != null && !(name.isTextual() && name.textValue().equals(known.name()));
        var body = of(known);
        changes.properties().forEach(field -> {
            if (field.getKey().equals(NAME)) {
                return;
            }
            if (field.getValue().isNull()) {
                body.remove(field.getKey());
            } else {
                body.set(field.getKey(), field.getValue());
            }
        });
        if (renamed) {
            throw alsoRenamed(body, changes.path(NAME));
        }
        return ActionDefinitionReader.read(body);
    }

    private static ProblemException alsoRenamed(ObjectNode body, JsonNode name) {
        List<Violation> violations = new ArrayList<>();
        violations.add(new Violation("/name", "cannot change", name));
        try {
            ActionDefinitionReader.read(body);
        } catch (ProblemException rest) {
            violations.addAll(rest.violations());
        }
        return ProblemException.invalid(violations);
    }

    /** Without details. */
    private static ObjectNode of(ActionDefinition action) {
        var body = JsonNodeFactory.instance.objectNode().put(NAME, action.name());
        put(body, "description", action.description());
        put(body, "successMessage", action.successMessage());
        put(body, "errorMessage", action.errorMessage());
        body.put("resourceType", action.resourceType())
                .put("timeout", action.timeoutSeconds())
                .put("repeatable", action.repeatable())
                .put("enabled", action.enabled());
        var secretFields = body.putArray("secretFields");
        action.secretFields().forEach(secretFields::add);
        var roles = body.putArray("allowedRoleTypes");
        action.allowedRoleTypes().forEach(role -> roles.add(role.wireName()));
        var parameters = body.putArray("parameters");
        action.parameters().forEach(parameter -> parameters.add(of(parameter)));
        return body;
    }

    private static ObjectNode of(ParameterDefinition parameter) {
        var body = JsonNodeFactory.instance
                .objectNode()
                .put(NAME, parameter.name())
                .put("type", parameter.type().name())
                .put("validationFormat", parameter.validationFormat().name())
                .put("required", parameter.required());
        put(body, "description", parameter.description());
        var options = body.putArray("options");
        parameter.options().forEach(options::add);
        return body;
    }

    private static void put(ObjectNode body, String field, @org.jspecify.annotations.Nullable String text) {
        if (text != null) {
            body.put(field, text);
        }
    }
}
