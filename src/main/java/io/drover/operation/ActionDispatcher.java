package io.drover.operation;

import io.drover.extension.run.ExtensionRunner;
import io.drover.extension.run.RunResult;
import io.drover.extension.run.RunResult.Ending;
import io.drover.extension.run.RunsStorage;
import io.drover.node.NodeLease;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Starts actions once their intent is committed, and hands their results on; holds no thread while a program runs. */
@Component
class ActionDispatcher implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(ActionDispatcher.class);
    private static final int THREADS = 8;
    private static final Duration LONGEST_STOP = Duration.ofSeconds(15);

    private final DispatchQueue queue;
    private final ExtensionRunner runner;
    private final ActionStart start;
    private final ActionConclusion conclusion;
    private final NodeLease lease;
    private final RunsStorage storage;
    private final Clock clock;
    private final Set<UUID> inHand = ConcurrentHashMap.newKeySet();

    /** What comes when the server stops is left for its next start, or for others. */
    private final ExecutorService threads = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            new CustomizableThreadFactory("drover-action-"),
            new ThreadPoolExecutor.DiscardPolicy());

    ActionDispatcher(
            DispatchQueue queue,
            ExtensionRunner runner,
            ActionStart start,
            ActionConclusion conclusion,
            NodeLease lease,
            RunsStorage storage,
            Clock clock) {
        this.lease = lease;
        this.storage = storage;
        this.queue = queue;
        this.runner = runner;
        this.start = start;
        this.conclusion = conclusion;
        this.clock = clock;
    }

    /**
     * Dispatches once the current transaction has committed; not at all if it rolls back.
     *
     * @return whether it has a place already, so that it must be recorded as running
     */
    boolean afterCommit(Dispatch dispatch) {
        if (dispatch.elsewhere()) {
            return false;
        }
        boolean begins = dispatch.request() != null && mayStart() && queue.takePlace(dispatch);
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                if (status == STATUS_COMMITTED && begins) {
                    begin(dispatch);
                } else if (status == STATUS_COMMITTED) {
                    submit(dispatch);
                } else if (begins) {
                    release(dispatch);
                }
            }
        });
        return begins;
    }

    /** Whether this server is about to run, is running or is concluding the action. */
    boolean hasInHand(UUID action) {
        return inHand.contains(action);
    }

    void submit(Dispatch dispatch) {
        if (!dispatch.elsewhere() && inHand.add(dispatch.action().id())) {
            queue.add(dispatch);
            drain();
        }
    }

    private void begin(Dispatch dispatch) {
        inHand.add(dispatch.action().id());
        threads.execute(() -> run(dispatch, true));
    }

    /** Follows a run that was picked up again; it takes no place in the queue. */
    void follow(Dispatch dispatch, CompletableFuture<RunResult> run) {
        if (inHand.add(dispatch.action().id())) {
            run.whenCompleteAsync((result, failure) -> conclude(dispatch, result, failure), threads);
        }
    }

    /** Whether this server has anything to do with any action. */
    boolean isBusy() {
        return !inHand.isEmpty();
    }

    /** Concludes an action whose run has left no trace. */
    void lost(Dispatch dispatch, String why) {
        if (inHand.add(dispatch.action().id())) {
            threads.execute(() -> conclusion.unreadable(dispatch, Instant.now(clock), why, () -> letGo(dispatch)));
        }
    }

    /** Lets what is being concluded come to its end, while what that needs is still there, and begins nothing more. */
    @Override
    public void destroy() throws InterruptedException {
        threads.shutdown();
        if (!threads.awaitTermination(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS)) {
            LOG.warn("Actions are still being concluded; they are taken up again at the next start");
        }
    }

    /** Starts what has a place, as long as this node may start programs at all. */
    void drain() {
        while (mayStart()) {
            var next = queue.take();
            if (next.isEmpty()) {
                return;
            }
            threads.execute(() -> run(next.get(), false));
        }
    }

    private boolean mayStart() {
        return !threads.isShutdown() && lease.isHeld() && storage.isUsable();
    }

    private void run(Dispatch dispatch, boolean recorded) {
        if (threads.isShutdown()) {
            letGo(dispatch);
            return;
        }
        int losses = lease.losses();
        try {
            boolean asItIs = recorded || dispatch.request() == null || !lease.isHeld();
            var begun = asItIs ? Optional.of(dispatch) : start.start(dispatch);
            var request = begun.map(Dispatch::request);
            if (begun.isPresent() && request.isEmpty()) {
                conclusion.notRun(begun.get(), Instant.now(clock), () -> letGo(dispatch));
                release(dispatch);
            } else if (request.isPresent() && lease.isHeld()) {
                runner.run(request.get())
                        .whenCompleteAsync((result, failure) -> ended(begun.get(), result, failure), threads);
                endUnlessOurs(dispatch, losses);
            } else {
                letGo(dispatch);
                release(dispatch);
            }
        } catch (RuntimeException e) {
            LOG.error(
                    "Cannot start action {}; it is taken up again shortly",
                    dispatch.action().id(),
                    e);
            letGo(dispatch);
            release(dispatch);
        }
    }

    /** Had the lease been lost before the program was started, another node may have taken the action over. */
    private void endUnlessOurs(Dispatch dispatch, int losses) {
        if (!lease.isHeld() || lease.losses() != losses) {
            LOG.warn(
                    "Action {} is ended, since the lease was lost as it began",
                    dispatch.action().id());
            runner.cancel(dispatch.action().id());
        }
    }

    private void ended(Dispatch dispatch, @Nullable RunResult result, @Nullable Throwable failure) {
        try {
            if (result != null && result.ending() == Ending.NOT_STARTED && !storage.isUsableStill()) {
                try {
                    start.postpone(dispatch);
                } finally {
                    letGo(dispatch);
                }
            } else {
                conclude(dispatch, result, failure);
            }
        } finally {
            release(dispatch);
        }
    }

    private void conclude(Dispatch dispatch, @Nullable RunResult result, @Nullable Throwable failure) {
        try {
            if (result == null) {
                throw new IllegalStateException("Its result cannot be read", failure);
            }
            conclusion.conclude(dispatch, result, () -> letGo(dispatch));
        } catch (RuntimeException e) {
            LOG.error("Cannot tell how action {} ended", dispatch.action().id(), e);
            var why = "Drover cannot tell how it ended; its log says why";
            conclusion.unreadable(dispatch, Instant.now(clock), why, () -> letGo(dispatch));
        }
    }

    private void letGo(Dispatch dispatch) {
        inHand.remove(dispatch.action().id());
    }

    private void release(Dispatch dispatch) {
        queue.release(dispatch);
        drain();
    }
}
