package io.drover.operation;

import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Lets any number of requests wait for operations and no thread for any of them: one look at the database now and then, as
 * long as somebody waits, serves all, whichever node an operation is on.
 */
@Component
public class OperationWaits implements SmartLifecycle {
    /** Who comes when so many wait already waits for nothing. */
    static final int MOST = 2000;

    private static final Logger LOG = LoggerFactory.getLogger(OperationWaits.class);
    private static final long MILLIS_BETWEEN_LOOKS = 100;

    private final OperationRepository repository;
    private final Set<Waiter> waiters = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean looking = new AtomicBoolean();
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "operation-waits");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean running;

    private record Waiter(UUID operation, long until, CompletableFuture<Void> over) {}

    OperationWaits(OperationRepository repository) {
        this.repository = repository;
    }

    /**
     * Completes when the operation has ended or waits for somebody, when the time is over, or when this server ends. Cancel it
     * when nobody wants to know any more.
     */
    public CompletableFuture<Void> settled(UUID operation, Duration atMost) {
        var waiter = new Waiter(operation, System.nanoTime() + atMost.toNanos(), new CompletableFuture<>());
        waiter.over().whenComplete((nothing, failure) -> waiters.remove(waiter));
        if (!running || waiters.size() >= MOST) {
            waiter.over().complete(null);
        } else {
            waiters.add(waiter);
            lookIfNeeded(0);
        }
        return waiter.over();
    }

    private void lookIfNeeded(long millis) {
        if (!waiters.isEmpty() && looking.compareAndSet(false, true)) {
            looks.schedule(this::look, millis, TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        try {
            var settled =
                    repository.settled(waiters.stream().map(Waiter::operation).collect(Collectors.toSet()));
            complete(waiter -> settled.contains(waiter.operation()));
        } catch (DataAccessException | TransactionException e) {
            LOG.debug("Could not look after operations that somebody waits for", e);
        } finally {
            complete(waiter -> waiter.until() - System.nanoTime() <= 0);
            looking.set(false);
            lookIfNeeded(MILLIS_BETWEEN_LOOKS);
        }
    }

    private void complete(Predicate<Waiter> which) {
        waiters.stream().filter(which).toList().forEach(waiter -> waiter.over().complete(null));
    }

    /** How many wait. */
    int waiting() {
        return waiters.size();
    }

    @Override
    public void start() {
        running = true;
    }

    /** Before the web server begins to wait for requests that are under way. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE;
    }

    @Override
    public void stop() {
        running = false;
        complete(waiter -> true);
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
