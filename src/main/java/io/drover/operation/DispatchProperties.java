package io.drover.operation;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many extensions run at once.
 *
 * @param running on this node
 * @param perExtension of one extension on this node
 * @param perHost for one host on this node
 */
@ConfigurationProperties("drover.dispatch")
record DispatchProperties(
        @DefaultValue("256") int running,
        @DefaultValue("128") int perExtension,
        @DefaultValue("64") int perHost) {

    DispatchProperties {
        if (running < 1 || perExtension < 1 || perHost < 1) {
            throw new IllegalArgumentException(
                    "drover.dispatch: running, per-extension and per-host must be at least 1");
        }
    }
}
