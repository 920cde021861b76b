package io.drover.workflow;

import org.jspecify.annotations.Nullable;

/** Which task this thread is leading on with its action's end, so that leaving it is not taken for an interruption. */
final class TaskSignal {
    private static final ThreadLocal<String> CURRENT = new ThreadLocal<>();

    private TaskSignal() {}

    /** What a task is led on by. */
    interface Signal {
        void send();
    }

    static void to(String activityInstance, Signal signal) {
        CURRENT.set(activityInstance);
        try {
            signal.send();
        } finally {
            CURRENT.remove();
        }
    }

    static boolean isTo(@Nullable String activityInstance) {
        return activityInstance != null && activityInstance.equals(CURRENT.get());
    }
}
