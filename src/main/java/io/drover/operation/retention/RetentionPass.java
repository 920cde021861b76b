package io.drover.operation.retention;

import io.drover.access.Actor;
import io.drover.history.History;
import io.drover.history.Subject;
import io.drover.node.NodeLease;
import io.drover.node.Pulse;
import io.drover.node.ThisNode;
import io.drover.operation.retention.OldRows.Stretch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * One pass over what is old: idempotency keys, then operations, then texts, each in steps that are short transactions of their
 * own with a pause after each that removed something. A pass that is cut off is gone on with by the next.
 */
@Component
class RetentionPass {
    private static final Instant BEGINNING = Instant.EPOCH;
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final RetentionProperties kept;
    private final OldRows rows;
    private final Turn turn;
    private final NodeLease lease;
    private final ThisNode node;
    private final History history;
    private final Clock clock;
    private final Pulse pulse;
    private final TransactionTemplate transaction;
    private final CountDownLatch stopped = new CountDownLatch(1);

    RetentionPass(
            RetentionProperties kept,
            OldRows rows,
            Turn turn,
            NodeLease lease,
            ThisNode node,
            History history,
            Clock clock,
            Pulse pulse,
            PlatformTransactionManager transactions) {
        this.kept = kept;
        this.rows = rows;
        this.turn = turn;
        this.lease = lease;
        this.node = node;
        this.history = history;
        this.clock = clock;
        this.pulse = pulse;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * Removes all that is old now, if it is this node's turn.
     *
     * @throws InterruptedException when the thread is, between two steps
     */
    void run() throws InterruptedException {
        if (!lease.isHeld() || !Boolean.TRUE.equals(transaction.execute(status -> turn.take(node.name())))) {
            return;
        }
        var now = Instant.now(clock);
        var operations = kept.operations().limit(now);
        var keys = later(operations, kept.idempotencyKeys().limit(now));
        boolean whole = walk(keys, BEGINNING, rows::keys, this::removeKeys)
                && walk(operations, BEGINNING, rows::ends, this::removeOperations)
                && walk(kept.texts().limit(now), turn.textsUntil(), rows::ends, stretch -> removeTexts(stretch, now));
        if (whole) {
            transaction.executeWithoutResult(status -> tell());
        }
    }

    private static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
        return one.isEmpty() || other.isPresent() && other.get().isAfter(one.get()) ? other : one;
    }

    private Removed removeKeys(Stretch stretch) {
        return new Removed(0, 0, 0, rows.removeKeys(stretch));
    }

    private Removed removeOperations(Stretch stretch) {
        return rows.removeOperations(stretch);
    }

    private Removed removeTexts(Stretch stretch, Instant now) {
        turn.textsUntil(stretch.until());
        return new Removed(0, 0, rows.removeTexts(stretch, now), 0);
    }

    /** No further step is begun. */
    void stop() {
        stopped.countDown();
    }

    /** False when the turn is no longer this node's, or the server stops. */
    private boolean walk(
            Optional<Instant> before,
            Instant from,
            BiFunction<Instant, Instant, Optional<Stretch>> next,
            Function<Stretch, Removed> removal)
            throws InterruptedException {
        if (before.isEmpty()) {
            return true;
        }
        for (var stretch = next.apply(from, before.get());
                stretch.isPresent();
                stretch = next.apply(stretch.get().until(), before.get())) {
            var removed = step(stretch.get(), removal);
            if (removed.isEmpty()) {
                return false;
            }
            if (!removed.get().isNothing() && stopped.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
        return true;
    }

    private Optional<Removed> step(Stretch stretch, Function<Stretch, Removed> removal) {
        var removed = new AtomicReference<@Nullable Removed>();
        pulse.watched(
                        "removing what is old",
                        () -> removed.set(transaction.execute(status -> removeAndCount(stretch, removal))))
                .run();
        return Optional.ofNullable(removed.get());
    }

    private @Nullable Removed removeAndCount(Stretch stretch, Function<Stretch, Removed> removal) {
        if (!lease.isHeld() || !turn.keep(node.name())) {
            return null;
        }
        var removed = removal.apply(stretch);
        turn.count(removed);
        return removed;
    }

    private void tell() {
        var removed = turn.removed();
        if (!turn.keep(node.name())) {
            return;
        }
        turn.end();
        if (!removed.isNothing()) {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("node", node.name());
            body.put("operations", removed.operations());
            body.put("actions", removed.actions());
            body.put("textsOfActions", removed.texts());
            body.put("idempotencyKeys", removed.idempotencyKeys());
            history.append(Actor.SYSTEM, "retention.removed", new Subject("retention", "retention", "retention"), body);
        }
    }
}
