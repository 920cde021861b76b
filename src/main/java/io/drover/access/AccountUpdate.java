package io.drover.access;

import org.jspecify.annotations.Nullable;

/** What shall be different about an account; null leaves a value as it is. */
public record AccountUpdate(
        @Nullable RoleType role,
        @Nullable String domain,
        @Nullable Boolean enabled) {}
