package io.drover.conformance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.extension.manifest.ParameterDefinition;
import java.math.BigDecimal;

/** Values for the parameters of custom actions, by their types and formats. */
final class SampleValues {
    private SampleValues() {}

    static void put(ObjectNode values, ParameterDefinition parameter) {
        var first = parameter.options().stream().findFirst();
        var text = first.orElseGet(() -> sample(parameter));
        switch (parameter.type()) {
            case BOOLEAN -> values.put(parameter.name(), Boolean.parseBoolean(text));
            case NUMBER -> values.put(parameter.name(), new BigDecimal(text));
            case DATE, STRING -> values.put(parameter.name(), text);
        }
    }

    private static String sample(ParameterDefinition parameter) {
        return switch (parameter.type()) {
            case BOOLEAN -> "true";
            case DATE -> "2030-01-31T12:00:00Z";
            case NUMBER -> parameter.validationFormat() == ParameterDefinition.ValidationFormat.DECIMAL ? "1.5" : "1";
            case STRING ->
                switch (parameter.validationFormat()) {
                    case EMAIL -> "conformance@drover.example";
                    case URL -> "https://drover.example/";
                    case UUID -> "7b0d1c52-1d7a-4f0e-9a57-0c0c6a1a2f10";
                    case PASSWORD -> "conf0rmance";
                    case NONE, DECIMAL -> "conformance";
                };
        };
    }
}
