package io.drover.extension.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.problem.ProblemException;
import io.drover.problem.Violation;
import io.drover.text.Cut;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks what was given for the parameters of a custom action. */
public final class ActionParameters {
    private static final int MOST_SHOWN = 100;

    private ActionParameters() {}

    /**
     * The values as the extension gets them, in the order of the definition; those of optional parameters that were not given
     * are missing.
     *
     * @param secretNames names that are secret besides those that say so themselves; secret values are in no refusal
     * @throws ProblemException naming every parameter that is wrong as {@code /parameters/<name>}, with its value and what is
     *     allowed
     */
    public static Map<String, JsonNode> read(
            ActionDefinition action, Map<String, JsonNode> given, Set<String> secretNames) {
        List<Violation> violations = new ArrayList<>();
        Map<String, JsonNode> values = new LinkedHashMap<>();
        for (var parameter : action.parameters()) {
            var value = given.get(parameter.name());
            if (value != null) {
                var read = read(parameter, value, secretNames, violations);
                if (read != null) {
                    values.put(parameter.name(), read);
                }
            } else if (parameter.required()) {
                violations.add(new Violation(
                        pointer(parameter.name()), "is missing; " + action.name() + " requires it", null));
            }
        }
        refuseOthers(action, given, violations);
        if (!violations.isEmpty()) {
            throw ProblemException.invalid(violations);
        }
        return values;
    }

    private static @Nullable JsonNode read(
            ParameterDefinition parameter, JsonNode given, Set<String> secretNames, List<Violation> violations) {
        var value = ParameterValue.of(parameter.type(), parameter.validationFormat(), given);
        var flaw = value.flaw() != null ? value.flaw() : notAnOption(parameter, value.typed());
        if (flaw != null) {
            var shown = parameter.secret(secretNames) ? null : shown(given);
            violations.add(new Violation(pointer(parameter.name()), flaw, shown));
        }
        return flaw == null ? value.typed() : null;
    }

    private static @Nullable String notAnOption(ParameterDefinition parameter, @Nullable JsonNode value) {
        if (parameter.options().isEmpty() || value == null) {
            return null;
        }
        boolean found = parameter.options().stream()
                .map(option -> ParameterOptions.read(parameter.type(), parameter.validationFormat(), option)
                        .typed())
                .anyMatch(option -> option != null && ParameterValue.same(parameter.type(), option, value));
        return found ? null : "must be one of " + String.join(", ", parameter.options());
    }

    /** The value of a parameter that nobody knows may be a secret under a misspelt name. */
    private static void refuseOthers(ActionDefinition action, Map<String, JsonNode> given, List<Violation> violations) {
        var names = action.parameters().stream().map(ParameterDefinition::name).toList();
        var known = names.isEmpty() ? "it has none" : "it has " + String.join(", ", names);
        for (var name : given.keySet()) {
            if (!names.contains(name)) {
                violations.add(new Violation(
                        pointer(name), "is not a parameter of " + action.name() + "; " + known, cut(name)));
            }
        }
    }

    private static Object shown(JsonNode given) {
        return given.isValueNode() && given.asText().length() <= MOST_SHOWN ? given : cut(given.toString());
    }

    private static String cut(String text) {
        return Cut.to(MOST_SHOWN, text);
    }

    /** RFC 6901. */
    private static String pointer(String name) {
        return "/parameters/" + cut(name.replace("~", "~0").replace("/", "~1"));
    }
}
