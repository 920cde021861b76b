package io.drover.extension.action;

import io.drover.access.RoleType;
import io.drover.extension.manifest.ActionDefinition;
import java.time.Instant;
import java.util.UUID;

/**
 * A custom action of a registered extension.
 *
 * @param definition without its details, which are stored apart
 * @param enabledByHand whether a person has said if it is enabled, so that a manifest no longer does
 * @param fromManifest whether it came with the extension's manifest and follows that
 */
public record CustomAction(
        UUID id,
        UUID extensionId,
        ActionDefinition definition,
        boolean enabledByHand,
        boolean fromManifest,
        Instant createdAt) {

    /** The name of the action, unique in its extension. */
    public String name() {
        return definition.name();
    }

    /** Whether the action may be run at all. */
    public boolean enabled() {
        return definition.enabled();
    }

    /** Whether people of this role may run it; Admins always may. */
    public boolean allows(RoleType role) {
        return role == RoleType.ADMIN || definition.allowedRoleTypes().contains(role);
    }

    CustomAction with(ActionDefinition changed, boolean byHand) {
        return new CustomAction(id, extensionId, changed.withoutDetails(), byHand, fromManifest, createdAt);
    }
}
