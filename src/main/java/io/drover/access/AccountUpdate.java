package io.drover.access;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What shall be different about an account; null leaves a value as it is. */
public record AccountUpdate(
        @Nullable RoleType role,
        @Nullable String domain,
        @Nullable Boolean enabled,
        @Nullable List<String> topics) {

    /** One that leaves the topics as they are. */
    public AccountUpdate(@Nullable RoleType role, @Nullable String domain, @Nullable Boolean enabled) {
        this(role, domain, enabled, null);
    }
}
