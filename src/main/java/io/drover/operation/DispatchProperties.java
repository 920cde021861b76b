package io.drover.operation;

import io.drover.inventory.life.Priority;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many extensions run at once, and how many actions may wait for that.
 *
 * @param running on this node
 * @param perExtension of one extension on this node
 * @param perHost for one host on this node
 * @param queue how many actions may wait on this node before new operations are refused
 */
@ConfigurationProperties("drover.dispatch")
record DispatchProperties(
        @DefaultValue("256") int running,
        @DefaultValue("128") int perExtension,
        @DefaultValue("64") int perHost,
        @DefaultValue("10000") int queue) {

    DispatchProperties {
        if (running < 1 || perExtension < 1 || perHost < 1 || queue < 1) {
            throw new IllegalArgumentException(
                    "drover.dispatch: running, per-extension, per-host and queue must be at least 1");
        }
    }

    /** From how many waiting actions on new operations of this priority are refused. */
    int mostWaiting(Priority priority) {
        long twentieths =
                switch (priority) {
                    case HIGH -> 20;
                    case NORMAL -> 19;
                    case LOW -> 18;
                };
        return (int) Math.max(1, queue * twentieths / 20);
    }
}
