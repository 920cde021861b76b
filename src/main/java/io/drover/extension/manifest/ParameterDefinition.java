package io.drover.extension.manifest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A parameter of a custom action (contract 5.2).
 *
 * @param options the only values allowed, as they are written in a request; empty when any value of the type is
 */
public record ParameterDefinition(
        String name,
        Type type,
        ValidationFormat validationFormat,
        boolean required,
        List<String> options,
        @Nullable String description) {

    /** How a value travels to the extension: a JSON boolean, ISO-8601 text, a JSON number, text. */
    public enum Type {
        BOOLEAN,
        DATE,
        NUMBER,
        STRING
    }

    /** What a value must look like: DECIMAL goes with NUMBER; EMAIL, PASSWORD, URL and UUID with STRING; NONE with all. */
    public enum ValidationFormat {
        NONE,
        DECIMAL,
        EMAIL,
        PASSWORD,
        URL,
        UUID
    }

    public ParameterDefinition {
        options = List.copyOf(options);
    }
}
