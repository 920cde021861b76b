package io.drover.workflow;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which operation this thread is starting a process for, so that a start from elsewhere cannot pass for one. */
final class OperationStart {
    private static final ThreadLocal<UUID> CURRENT = new ThreadLocal<>();

    private OperationStart() {}

    static void of(UUID operation, Runnable start) {
        CURRENT.set(operation);
        try {
            start.run();
        } finally {
            CURRENT.remove();
        }
    }

    static boolean isOf(@Nullable String businessKey) {
        var current = CURRENT.get();
        return current != null && current.toString().equals(businessKey);
    }
}
