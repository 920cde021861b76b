package io.drover.extension.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.drover.extension.manifest.ParameterDefinition.Type;
import io.drover.extension.manifest.ParameterDefinition.ValidationFormat;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Which options a parameter may have: values of its own type and format. */
final class ParameterOptions {
    private static final int MOST = 200;
    private static final Set<Type> WITH_OPTIONS = EnumSet.of(Type.NUMBER, Type.STRING);

    private ParameterOptions() {}

    /** An option, which is text in a definition, as a value. */
    static ParameterValue read(Type type, ValidationFormat format, String option) {
        return ParameterValue.of(type, format, TextNode.valueOf(option));
    }

    /** Refuses options that no value can ever equal, and options of what has none. */
    static List<String> of(ManifestFields parameter, Type type, ValidationFormat format) {
        var elements = parameter.list("options");
        boolean wanted = WITH_OPTIONS.contains(type) && format != ValidationFormat.PASSWORD;
        if (!wanted && !elements.isEmpty()) {
            var kind = format == ValidationFormat.PASSWORD ? "a PASSWORD" : "a " + type;
            parameter.refuse("/options", "must be absent; " + kind + " has no options", null);
            return List.of();
        }
        if (elements.size() > MOST) {
            parameter.refuse("/options", "must be at most " + MOST, elements.size());
            return List.of();
        }
        return all(parameter, elements, type, format);
    }

    private static List<String> all(
            ManifestFields parameter, List<JsonNode> elements, Type type, ValidationFormat format) {
        List<String> options = new ArrayList<>();
        for (int i = 0; i < elements.size(); i++) {
            var element = elements.get(i);
            var read = ParameterValue.of(type, format, element);
            if (read.flaw() != null) {
                parameter.refuse("/options/" + i, read.flaw(), ManifestFields.shown(element));
            } else {
                options.add(element.asText());
            }
        }
        return options;
    }
}
