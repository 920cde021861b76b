package io.drover.home;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What the home directory's file system must have.
 *
 * @param leastFree below this much free space no new operations are taken; what is under way goes on
 */
@ConfigurationProperties("drover.storage")
record StorageProperties(@DefaultValue("100MB") DataSize leastFree) {
    StorageProperties {
        if (leastFree.isNegative()) {
            throw new IllegalArgumentException("drover.storage.least-free is " + leastFree + "; it must be 0 or more");
        }
    }
}
