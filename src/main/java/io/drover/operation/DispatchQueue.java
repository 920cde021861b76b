package io.drover.operation;

import io.drover.operation.Places.Claim;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * The actions that wait for a place. The one with the earliest {@link Dispatch#turn} goes first among those whose extension and
 * host have one. What a call costs grows with the number of groups that wait (priority, extension, host), hardly with the
 * number of actions.
 */
@Component
class DispatchQueue {
    private final Places places;
    private final RecentEnds ends;
    private final Map<Claim, Queue<Waiting>> groups = new HashMap<>();
    private long arrivals;
    private int size;

    @Autowired
    DispatchQueue(DispatchProperties limits, RecentEnds ends) {
        this(new Places(limits), ends);
    }

    DispatchQueue(Places places, RecentEnds ends) {
        this.places = places;
        this.ends = ends;
    }

    private record Waiting(Dispatch dispatch, Instant turn, long arrival) implements Comparable<Waiting> {
        private static final Comparator<Waiting> ORDER =
                Comparator.comparing(Waiting::turn).thenComparing(Waiting::arrival);

        @Override
        public int compareTo(Waiting other) {
            return ORDER.compare(this, other);
        }
    }

    synchronized void add(Dispatch dispatch) {
        groups.computeIfAbsent(dispatch.claim(), claim -> new PriorityQueue<>())
                .add(new Waiting(dispatch, dispatch.turn(), arrivals++));
        size++;
    }

    /** Takes the first action that has a place, and the place. */
    synchronized Optional<Dispatch> take() {
        var first = places.allTaken() ? null : first();
        if (first == null) {
            return Optional.empty();
        }
        remove(first);
        places.take(first.dispatch().claim(), 1);
        return Optional.of(first.dispatch());
    }

    /** Takes a place for an action that nobody stands in front of; false when there is none. */
    synchronized boolean takePlace(Dispatch dispatch) {
        if (size > 0 || places.full(dispatch.claim()).isPresent()) {
            return false;
        }
        places.take(dispatch.claim(), 1);
        return true;
    }

    /** How many more actions could be run at once; 0 while any waits. */
    synchronized int freePlaces() {
        return size == 0 ? places.free() : 0;
    }

    synchronized void release(Dispatch dispatch) {
        places.take(dispatch.claim(), -1);
        ends.add();
    }

    /** How many actions wait. */
    synchronized int size() {
        return size;
    }

    /** How many actions have a place. */
    synchronized int running() {
        return places.taken();
    }

    /** When the action that waits longest was wanted. */
    synchronized Optional<Instant> oldest() {
        return groups.values().stream()
                .flatMap(Queue::stream)
                .map(waiting -> waiting.dispatch().action().requestedAt())
                .min(Comparator.naturalOrder());
    }

    private @Nullable Waiting first() {
        Waiting first = null;
        for (var group : groups.entrySet()) {
            var head = group.getValue().peek();
            if (head != null
                    && (first == null || head.compareTo(first) < 0)
                    && places.full(group.getKey()).isEmpty()) {
                first = head;
            }
        }
        return first;
    }

    private void remove(Waiting first) {
        var claim = first.dispatch().claim();
        var group = groups.get(claim);
        if (group != null) {
            group.remove();
            size--;
            if (group.isEmpty()) {
                groups.remove(claim);
            }
        }
    }
}
