package io.drover.extension.manifest;

import io.drover.extension.manifest.ParameterDefinition.Type;
import io.drover.extension.manifest.ParameterDefinition.ValidationFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Reads the definitions of a custom action's parameters. */
final class ParameterDefinitionReader {
    private static final int LONGEST_TEXT = 1000;
    private static final int MOST = 100;
    private static final Set<String> FIELDS =
            Set.of("name", "type", "validationFormat", "required", "options", "description");

    private ParameterDefinitionReader() {}

    static List<ParameterDefinition> all(ManifestFields action) {
        List<ParameterDefinition> parameters = new ArrayList<>();
        var elements = action.list("parameters");
        if (elements.size() > MOST) {
            action.refuse("/parameters", "must be at most " + MOST, elements.size());
            return List.of();
        }
        for (int i = 0; i < elements.size(); i++) {
            var pointer = "/parameters/" + i;
            var parameter = parameter(action.part(elements.get(i), pointer, FIELDS));
            if (parameters.stream().anyMatch(other -> other.name().equals(parameter.name()))) {
                action.refuse(pointer + "/name", "is the name of another parameter of the action", parameter.name());
            }
            parameters.add(parameter);
        }
        return parameters;
    }

    private static ParameterDefinition parameter(ManifestFields fields) {
        var type = Objects.requireNonNullElse(fields.oneOf("type", Type.class), Type.STRING);
        var format = Objects.requireNonNullElse(
                fields.oneOf("validationFormat", ValidationFormat.class), ValidationFormat.NONE);
        var name = name(fields);
        boolean fits = fits(type, format);
        if (!fits) {
            fields.refuse("/validationFormat", "must be one of " + formats(type) + " for a " + type, format.name());
        }
        return new ParameterDefinition(
                name,
                type,
                format,
                fields.flag("required", false),
                fits ? ParameterOptions.of(fields, type, format) : List.of(),
                fields.text("description", LONGEST_TEXT));
    }

    private static String name(ManifestFields fields) {
        var name = fields.text("name", 100);
        if (name == null) {
            if (fields.any("name") == null) {
                fields.refuse("/name", "is missing", null);
            }
            return "";
        }
        fields.checkName("/name", "parameter", name);
        return name;
    }

    private static boolean fits(Type type, ValidationFormat format) {
        return formats(type).contains(format);
    }

    private static List<ValidationFormat> formats(Type type) {
        return switch (type) {
            case BOOLEAN, DATE -> List.of(ValidationFormat.NONE);
            case NUMBER -> List.of(ValidationFormat.NONE, ValidationFormat.DECIMAL);
            case STRING ->
                List.of(
                        ValidationFormat.NONE,
                        ValidationFormat.EMAIL,
                        ValidationFormat.PASSWORD,
                        ValidationFormat.URL,
                        ValidationFormat.UUID);
        };
    }
}
