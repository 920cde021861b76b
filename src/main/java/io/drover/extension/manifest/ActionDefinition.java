package io.drover.extension.manifest;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.drover.access.RoleType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A custom action (contract 5.1).
 *
 * @param name unique in its extension; the action's argv[1]
 * @param resourceType what it is asked of; {@value #VIRTUAL_MACHINE} is the only kind
 * @param allowedRoleTypes who may run it besides Admins, who always may
 * @param successMessage what is told after success, with <code>{{actionName}}</code> and the like; null for the usual sentence
 * @param timeoutSeconds how long a run may take, 1 to 86400
 * @param repeatable whether it may be run again when nobody knows whether it was
 * @param secretFields fields of its answer that are handed to the person who asked, once, and to nobody else: names, or JSON
 *     pointers (RFC 6901)
 * @param details the action's own details, which may be secret
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ActionDefinition(
        String name,
        @Nullable String description,
        String resourceType,
        Set<RoleType> allowedRoleTypes,
        List<ParameterDefinition> parameters,
        @Nullable String successMessage,
        @Nullable String errorMessage,
        int timeoutSeconds,
        boolean repeatable,
        boolean enabled,
        List<String> secretFields,
        Map<String, String> details) {

    /** The resource type of an action on a VM. */
    public static final String VIRTUAL_MACHINE = "VirtualMachine";

    /** The word for any custom action where a verb is wanted; no action can have it as its name. */
    public static final String VERB = "custom-action";

    static final int DEFAULT_TIMEOUT_SECONDS = 60;
    private static final String DONE = "{{actionName}} is done for {{resourceName}}";
    private static final String FAILED = "{{actionName}} has failed for {{resourceName}}";

    public ActionDefinition {
        allowedRoleTypes = Set.copyOf(allowedRoleTypes);
        parameters = List.copyOf(parameters);
        secretFields = List.copyOf(Objects.requireNonNullElse(secretFields, List.of()));
        details = Map.copyOf(details);
    }

    /** An action that a program may know although nobody has defined it. */
    public static ActionDefinition undefined(String name) {
        return new ActionDefinition(
                name,
                null,
                VIRTUAL_MACHINE,
                Set.of(RoleType.ADMIN),
                List.of(),
                null,
                null,
                DEFAULT_TIMEOUT_SECONDS,
                false,
                true,
                List.of(),
                Map.of());
    }

    /** What the person who asked is told when it has ended. */
    public String message(boolean success, String extensionName, String resourceName) {
        var given = success ? successMessage : errorMessage;
        var template = given != null ? given : success ? DONE : FAILED;
        return MessageTemplate.expand(
                template,
                Map.of(
                        MessageTemplate.ACTION, name,
                        MessageTemplate.EXTENSION, extensionName,
                        MessageTemplate.RESOURCE, resourceName));
    }

    /** The same without its details. */
    public ActionDefinition withoutDetails() {
        return with(enabled, Map.of());
    }

    /** The same, enabled or not. */
    public ActionDefinition enabled(boolean now) {
        return with(now, details);
    }

    private ActionDefinition with(boolean nowEnabled, Map<String, String> nowDetails) {
        return new ActionDefinition(
                name,
                description,
                resourceType,
                allowedRoleTypes,
                parameters,
                successMessage,
                errorMessage,
                timeoutSeconds,
                repeatable,
                nowEnabled,
                secretFields,
                nowDetails);
    }
}
