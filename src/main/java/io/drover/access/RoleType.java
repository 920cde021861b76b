package io.drover.access;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** The four role types of CloudStack, and that of workers. What each may do is said in {@code docs/accounts.md}. */
public enum RoleType {
    /** Everything. */
    ADMIN("Admin", "ADMIN", "Root Admin", "d5a0c9c2-0001-4000-8000-000000000001"),
    /** The inventory and the extensions, and every VM. */
    RESOURCE_ADMIN("ResourceAdmin", "RESOURCE_DOMAIN_ADMIN", "Resource Admin", "d5a0c9c2-0002-4000-8000-000000000002"),
    /** The VMs of its own domain and of the domains below it. */
    DOMAIN_ADMIN("DomainAdmin", "DOMAIN_ADMIN", "Domain Admin", "d5a0c9c2-0003-4000-8000-000000000003"),
    /** Its own VMs. */
    USER("User", "NORMAL", "User", "d5a0c9c2-0004-4000-8000-000000000004"),
    /** External tasks of its topics, and nothing else at any door. */
    WORKER("Worker", "NORMAL", "Worker", "d5a0c9c2-0005-4000-8000-000000000005");

    private final String wireName;
    private final String accountType;
    private final String roleName;
    private final UUID roleId;

    RoleType(String wireName, String accountType, String roleName, String roleId) {
        this.wireName = wireName;
        this.accountType = accountType;
        this.roleName = roleName;
        this.roleId = UUID.fromString(roleId);
    }

    /** The name in REST and in the payload's {@code caller.roletype}, e.g. {@code ResourceAdmin}. */
    @JsonValue
    public String wireName() {
        return wireName;
    }

    /** CloudStack's account type, the payload's {@code caller.type}. */
    public String accountType() {
        return accountType;
    }

    /** The payload's {@code caller.rolename}. */
    public String roleName() {
        return roleName;
    }

    /** The payload's {@code caller.roleid}; the same on every installation. */
    public UUID roleId() {
        return roleId;
    }

    /** Whether it can ask anything of VMs. */
    public boolean asksOfVms() {
        return this != WORKER;
    }

    /** Whether the inventory and the extensions, with what is kept there, are its business. */
    public boolean runsInventory() {
        return this == ADMIN || this == RESOURCE_ADMIN;
    }

    /** The same as {@link #wireName()}: what people are told is what they may write. */
    @Override
    public String toString() {
        return wireName;
    }
}
