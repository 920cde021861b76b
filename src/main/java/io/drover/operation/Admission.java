package io.drover.operation;

import io.drover.home.HomeStorage;
import io.drover.inventory.life.Priority;
import io.drover.node.ThisNode;
import io.drover.problem.ProblemException;
import io.drover.problem.ProblemException.Kind;
import org.springframework.stereotype.Component;

/** Refuses new operations while too many actions wait on this node, or it has no room. What is under way is never refused. */
@Component
class Admission {
    private static final int PAUSE_SECONDS = 10;

    private final DispatchQueue queue;
    private final DispatchProperties limits;
    private final RecentEnds ends;
    private final ThisNode node;
    private final HomeStorage storage;

    Admission(DispatchQueue queue, DispatchProperties limits, RecentEnds ends, ThisNode node, HomeStorage storage) {
        this.queue = queue;
        this.limits = limits;
        this.ends = ends;
        this.node = node;
        this.storage = storage;
    }

    /** @throws ProblemException when operations of this verb are refused for now; it says when to ask again */
    void check(String verb) {
        storage.problem().ifPresent(why -> {
            throw new ProblemException(
                            Kind.UNAVAILABLE,
                            "storage-low",
                            why + ". Nothing was changed; ask again when there is room")
                    .with("retryAfterSeconds", PAUSE_SECONDS);
        });
        int waiting = queue.size();
        int most = limits.mostWaiting(Priority.of(verb));
        if (waiting >= most) {
            throw new ProblemException(
                            Kind.UNAVAILABLE,
                            "queue-full",
                            waiting + " actions wait on node " + node.name() + "; from " + most + " on, " + verb
                                    + " is refused. Nothing was changed; ask again later")
                    .with("retryAfterSeconds", ends.secondsUntil(waiting - most + limits.queue() / 10 + 1));
        }
    }
}
