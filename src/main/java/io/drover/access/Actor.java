package io.drover.access;

import java.io.Serializable;
import java.util.UUID;

/**
 * Who asks: the account behind a request, as it was when the request came in.
 *
 * @param domain the account's domain as a path from the root, e.g. {@code /} or {@code /sales/emea}
 */
public record Actor(UUID id, String name, RoleType role, String domain) implements Serializable {

    /** Drover itself, for what nobody asked for. */
    public static final Actor SYSTEM = new Actor(new UUID(0, 1), "system", RoleType.ADMIN, "/");

    /** Whether this actor may see and steer what the given account owns in the given domain. */
    public boolean reaches(UUID ownerId, String ownerDomain) {
        return switch (role) {
            case ADMIN, RESOURCE_ADMIN -> true;
            case DOMAIN_ADMIN ->
                domain.equals("/") || ownerDomain.equals(domain) || ownerDomain.startsWith(domain + "/");
            case USER -> id.equals(ownerId);
            case WORKER -> false;
        };
    }
}
