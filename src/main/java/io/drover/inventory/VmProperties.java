package io.drover.inventory;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What holds for all VMs.
 *
 * @param namePrefix what the names that extensions know VMs by begin with; {@code i} is CloudStack's; blank for the
 *     installation's own, which is chosen at random
 */
@ConfigurationProperties("drover.vms")
record VmProperties(@Nullable String namePrefix) {
    /** @throws IllegalArgumentException when the prefix cannot be part of a name */
    VmProperties {
        if (namePrefix != null && !namePrefix.isBlank() && !namePrefix.matches("[a-z][a-z0-9]{0,15}")) {
            throw new IllegalArgumentException("drover.vms.name-prefix must be a lower-case letter and at most 15 more"
                    + " lower-case letters or digits, not '" + namePrefix + "'");
        }
    }
}
