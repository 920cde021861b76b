package io.drover.extension.manifest;

import io.drover.access.RoleType;
import java.util.List;
import java.util.Map;
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
 * @param details the action's own details, which may be secret
 */
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
        Map<String, String> details) {

    /** The resource type of an action on a VM. */
    public static final String VIRTUAL_MACHINE = "VirtualMachine";

    static final int DEFAULT_TIMEOUT_SECONDS = 60;

    public ActionDefinition {
        allowedRoleTypes = Set.copyOf(allowedRoleTypes);
        parameters = List.copyOf(parameters);
        details = Map.copyOf(details);
    }
}
