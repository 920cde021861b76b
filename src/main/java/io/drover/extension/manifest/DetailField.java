package io.drover.extension.manifest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.drover.access.SecretNames;
import io.drover.extension.allowed.AllowedDirectories;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a manifest says of one detail at one level.
 *
 * @param required whether a value must be given at one of the levels that know the detail
 * @param defaultValue what the extension is given where no level that knows the detail has a value; null for nothing
 * @param secret whether the value is stored sealed and shown masked
 * @param options the only values allowed; empty when any value of the type is
 * @param form what a value must look like besides
 * @param directs the names of secrets whose way this detail decides, an address or whether it is believed; null when the manifest
 *     does not say: then a URL decides that of all
 */
public record DetailField(
        DetailType type,
        boolean required,
        @JsonProperty("default") @Nullable String defaultValue,
        boolean secret,
        @Nullable String description,
        List<String> options,
        DetailForm form,
        @Nullable List<String> directs) {

    /** A password is secret whether the manifest says so or not. */
    public DetailField {
        secret = secret || type == DetailType.PASSWORD;
        options = List.copyOf(options);
        form = Objects.requireNonNullElse(form, DetailForm.NONE);
        directs = directs == null ? null : List.copyOf(directs);
    }

    /** Whether this detail decides the way of a secret of this name. */
    public boolean directs(String secret) {
        return directs == null ? type == DetailType.URL : directs.contains(secret);
    }

    /** What is wrong with the form of a value, in words that follow its name; whether a path may be used is not looked at. */
    public Optional<String> problem(String value) {
        return problem(value, null);
    }

    /** The same with the mask for its default, if it has one. */
    DetailField masked() {
        return new DetailField(
                type,
                required,
                defaultValue == null ? null : SecretNames.MASK,
                secret,
                description,
                options,
                form,
                directs);
    }

    /** What is wrong with a value, in words that follow its name; empty when it is allowed. */
    public Optional<String> problem(String value, @Nullable AllowedDirectories directories) {
        if (type != DetailType.URL && !type.accepts(value)) {
            return Optional.of("must be " + type.description());
        }
        return options.isEmpty() || options.contains(value)
                ? form.problem(type, value, directories)
                : Optional.of("must be one of " + String.join(", ", options));
    }
}
