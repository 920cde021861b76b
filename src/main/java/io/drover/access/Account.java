package io.drover.access;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Somebody, or some program, that may log in.
 *
 * @param number its serial number, for places that want a number instead of an id
 * @param domain a path from the root, e.g. {@code /} or {@code /sales/emea}
 * @param topics the topics whose external tasks it may work on; empty unless it is a Worker
 * @param passwordInitial whether it still has the password that Drover made up at the first start
 */
public record Account(
        UUID id,
        long number,
        String name,
        RoleType role,
        String domain,
        List<String> topics,
        boolean passwordInitial,
        boolean enabled,
        Instant createdAt) {

    /** This account as the one that asks for something. */
    public Actor actor() {
        return new Actor(id, name, role, domain);
    }

    Account withTopics(List<String> its) {
        return new Account(id, number, name, role, domain, its, passwordInitial, enabled, createdAt);
    }

    boolean isEnabledAdmin() {
        return enabled && role == RoleType.ADMIN;
    }
}
