package io.drover.extension.web;

import io.drover.access.RoleType;
import io.drover.extension.manifest.ParameterDefinition;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What requests that define custom actions look like, as in a manifest; for the description of the API only.
 *
 * @param timeout seconds, 1 to 86400
 */
record CustomActionBody(
        @Nullable String name,
        @Nullable String description,
        @Nullable String resourceType,
        @Nullable List<RoleType> allowedRoleTypes,
        @Nullable List<ParameterBody> parameters,
        @Nullable String successMessage,
        @Nullable String errorMessage,
        @Nullable Integer timeout,
        @Nullable Boolean repeatable,
        @Nullable Boolean enabled,
        @Nullable List<String> secretFields,
        @Nullable Map<String, String> details) {

    /** What a parameter looks like there. */
    record ParameterBody(
            String name,
            ParameterDefinition.Type type,
            ParameterDefinition.@Nullable ValidationFormat validationFormat,
            @Nullable Boolean required,
            @Nullable List<String> options,
            @Nullable String description) {}
}
