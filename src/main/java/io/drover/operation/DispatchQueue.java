package io.drover.operation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The actions that wait for a place, first come first served among those whose extension and host have one. */
@Component
class DispatchQueue {
    private static final UUID NO_HOST = new UUID(0, 0);

    private final DispatchProperties limits;
    private final Deque<Dispatch> waiting = new ArrayDeque<>();
    private final Map<UUID, Integer> byExtension = new HashMap<>();
    private final Map<UUID, Integer> byHost = new HashMap<>();
    private int running;

    DispatchQueue(DispatchProperties limits) {
        this.limits = limits;
    }

    synchronized void add(Dispatch dispatch) {
        waiting.add(dispatch);
    }

    /** Takes the first action that has a place, and the place. */
    synchronized Optional<Dispatch> take() {
        if (running >= limits.running()) {
            return Optional.empty();
        }
        for (var candidates = waiting.iterator(); candidates.hasNext(); ) {
            var candidate = candidates.next();
            if (hasPlace(candidate)) {
                candidates.remove();
                count(candidate, 1);
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /** How many more actions could be run at once; 0 while any waits. */
    synchronized int freePlaces() {
        return waiting.isEmpty() ? limits.running() - running : 0;
    }

    synchronized void release(Dispatch dispatch) {
        count(dispatch, -1);
    }

    private boolean hasPlace(Dispatch dispatch) {
        return byExtension.getOrDefault(dispatch.action().extensionId(), 0) < limits.perExtension()
                && byHost.getOrDefault(host(dispatch), 0) < limits.perHost();
    }

    private void count(Dispatch dispatch, int change) {
        running += change;
        byExtension.merge(dispatch.action().extensionId(), change, DispatchQueue::sumOrNone);
        byHost.merge(host(dispatch), change, DispatchQueue::sumOrNone);
    }

    private static @org.jspecify.annotations.Nullable Integer sumOrNone(Integer before, Integer change) {
        return before + change == 0 ? null : before + change;
    }

    private static UUID host(Dispatch dispatch) {
        var host = dispatch.action().hostId();
        return host == null ? NO_HOST : host;
    }
}
