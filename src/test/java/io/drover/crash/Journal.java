package io.drover.crash;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** What clients were promised, in their own words. */
final class Journal {
    private final ConcurrentLinkedQueue<Promise> promises = new ConcurrentLinkedQueue<>();
    private final Set<String> cancelled = ConcurrentHashMap.newKeySet();
    private final Set<String> killed = ConcurrentHashMap.newKeySet();

    /** A request for an operation. */
    record Request(
            String verb,
            String method,
            String path,
            @Nullable Map<String, ?> body,
            String key) {}

    /**
     * A request that was answered with 202.
     *
     * @param operation the id in the answer
     */
    record Promise(Request request, String operation) {}

    void accepted(Request request, String operation) {
        promises.add(new Promise(request, operation));
    }

    /** A cancel of this operation was answered with 200. */
    void cancelAccepted(String operation) {
        cancelled.add(operation);
    }

    /** The harness itself has killed the programs of these actions, or may have. */
    void programsKilled(Set<String> actions) {
        killed.addAll(actions);
    }

    List<Promise> promises() {
        return List.copyOf(promises);
    }

    boolean wasCancelled(String operation) {
        return cancelled.contains(operation);
    }

    boolean wasKilled(String action) {
        return killed.contains(action);
    }

    int killedPrograms() {
        return killed.size();
    }
}
