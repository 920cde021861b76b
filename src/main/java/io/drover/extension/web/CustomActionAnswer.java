package io.drover.extension.web;

import io.drover.access.RoleType;
import io.drover.extension.manifest.ParameterDefinition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A custom action as those see it who run extensions; secrets are masked.
 *
 * @param timeout seconds
 * @param fromManifest whether it follows the extension's manifest
 */
record CustomActionAnswer(
        UUID id,
        String name,
        @Nullable String description,
        String resourceType,
        List<RoleType> allowedRoleTypes,
        List<ParameterDefinition> parameters,
        @Nullable String successMessage,
        @Nullable String errorMessage,
        int timeout,
        boolean repeatable,
        boolean enabled,
        List<String> secretFields,
        boolean fromManifest,
        Map<String, String> details,
        Instant createdAt) {}
