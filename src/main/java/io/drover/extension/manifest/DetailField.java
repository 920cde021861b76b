package io.drover.extension.manifest;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a manifest says of one detail at one level.
 *
 * @param required whether a value must be given at one of the levels that know the detail
 * @param defaultValue what the extension is given where no level that knows the detail has a value; null for nothing
 * @param secret whether the value is stored sealed and shown masked
 * @param options the only values allowed; empty when any value of the type is
 */
public record DetailField(
        DetailType type,
        boolean required,
        @JsonProperty("default") @Nullable String defaultValue,
        boolean secret,
        @Nullable String description,
        List<String> options) {

    /** A password is secret whether the manifest says so or not. */
    public DetailField {
        secret = secret || type == DetailType.PASSWORD;
        options = List.copyOf(options);
    }

    /** What is wrong with a value, in words that follow its name; empty when it is allowed. */
    public Optional<String> problem(String value) {
        if (!type.accepts(value)) {
            return Optional.of("must be " + type.description());
        }
        return options.isEmpty() || options.contains(value)
                ? Optional.empty()
                : Optional.of("must be one of " + String.join(", ", options));
    }
}
