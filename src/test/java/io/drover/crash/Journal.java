package io.drover.crash;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** What clients were promised, in their own words, and what was done to programs. */
final class Journal {
    private final boolean fenced;
    private final ConcurrentLinkedQueue<Promise> promises = new ConcurrentLinkedQueue<>();
    private final Set<String> cancelled = ConcurrentHashMap.newKeySet();
    private final Set<String> killed = ConcurrentHashMap.newKeySet();

    /** @param fenced whether programs of a server that is gone for long are ended, so that others can take over */
    Journal(boolean fenced) {
        this.fenced = fenced;
    }

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

    /** Whether there is a reason why nobody knows how the action came out. */
    boolean explains(JsonNode action) {
        return killed.contains(action.path("id").asText())
                || fenced && action.path("error").path("code").asText().equals("lost");
    }

    int killedPrograms() {
        return killed.size();
    }
}
