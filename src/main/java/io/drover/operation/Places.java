package io.drover.operation;

import io.drover.inventory.life.Priority;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The places in which extensions run on a node, and how many of them are taken. Not safe for several threads. */
class Places {
    private static final UUID NO_HOST = new UUID(0, 0);

    private final DispatchProperties limits;
    private final Taken node = new Taken();
    private final Map<UUID, Taken> byExtension = new HashMap<>();
    private final Map<UUID, Taken> byHost = new HashMap<>();

    Places(DispatchProperties limits) {
        this.limits = limits;
    }

    /**
     * What an action needs a place for.
     *
     * @param host null when it concerns none; all such actions share the places of one host
     */
    record Claim(
            Priority priority, UUID extension, @Nullable UUID host) {}

    /** What can have no place left. */
    enum Bound {
        NODE,
        EXTENSION,
        HOST
    }

    /**
     * A limit that is reached.
     *
     * @param share whether only the share of the priority is taken, not all places
     */
    record Full(Bound bound, int taken, int limit, boolean share) {}

    /** The first limit that leaves no place for the claim; empty when there is a place. */
    Optional<Full> full(Claim claim) {
        var priority = claim.priority();
        return node.full(Bound.NODE, priority, limits.running())
                .or(() -> of(byExtension, claim.extension()).full(Bound.EXTENSION, priority, limits.perExtension()))
                .or(() -> of(byHost, host(claim)).full(Bound.HOST, priority, limits.perHost()));
    }

    /** Takes this many places, or gives them back if negative. */
    void take(Claim claim, int number) {
        node.add(claim.priority(), number);
        add(byExtension, claim.extension(), claim.priority(), number);
        add(byHost, host(claim), claim.priority(), number);
    }

    /** How many places are taken. */
    int taken() {
        return node.all;
    }

    /** How many more claims this node has room for. */
    int free() {
        return Math.max(0, limits.running() - node.all);
    }

    /** Whether no claim of any kind has a place. */
    boolean allTaken() {
        return free() == 0;
    }

    private static Taken of(Map<UUID, Taken> counts, UUID id) {
        return counts.getOrDefault(id, Taken.NONE);
    }

    private static void add(Map<UUID, Taken> counts, UUID id, Priority priority, int number) {
        var taken = counts.computeIfAbsent(id, unknown -> new Taken());
        taken.add(priority, number);
        if (taken.all == 0) {
            counts.remove(id);
        }
    }

    private static UUID host(Claim claim) {
        return claim.host() == null ? NO_HOST : claim.host();
    }

    private static final class Taken {
        static final Taken NONE = new Taken();

        private int all;
        private int low;

        void add(Priority priority, int number) {
            all += number;
            low += priority == Priority.LOW ? number : 0;
        }

        Optional<Full> full(Bound bound, Priority priority, int limit) {
            if (all >= limit) {
                return Optional.of(new Full(bound, all, limit, false));
            }
            int share = priority.share(limit);
            return priority == Priority.LOW && low >= share
                    ? Optional.of(new Full(bound, low, share, true))
                    : Optional.empty();
        }
    }
}
