package io.drover.operation;

import io.drover.extension.run.ExtensionRunner;
import io.drover.extension.run.RunResult;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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

    private final DispatchQueue queue;
    private final ExtensionRunner runner;
    private final ActionStart start;
    private final ActionConclusion conclusion;
    private final Clock clock;
    private final Set<UUID> inHand = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads =
            Executors.newFixedThreadPool(THREADS, new CustomizableThreadFactory("drover-action-"));

    ActionDispatcher(
            DispatchQueue queue, ExtensionRunner runner, ActionStart start, ActionConclusion conclusion, Clock clock) {
        this.queue = queue;
        this.runner = runner;
        this.start = start;
        this.conclusion = conclusion;
        this.clock = clock;
    }

    /** Dispatches once the current transaction has committed; not at all if it rolls back. */
    void afterCommit(Dispatch dispatch) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                submit(dispatch);
            }
        });
    }

    /** Whether this server is about to run, is running or is concluding the action. */
    boolean hasInHand(UUID action) {
        return inHand.contains(action);
    }

    void submit(Dispatch dispatch) {
        if (inHand.add(dispatch.action().id())) {
            queue.add(dispatch);
            drain();
        }
    }

    /** Follows a run that was picked up again; it takes no place in the queue. */
    void follow(Dispatch dispatch, CompletableFuture<RunResult> run) {
        if (inHand.add(dispatch.action().id())) {
            run.whenCompleteAsync((result, failure) -> conclude(dispatch, result, failure), threads);
        }
    }

    /** Concludes an action whose run has left no trace. */
    void lost(Dispatch dispatch) {
        if (inHand.add(dispatch.action().id())) {
            var why = "The server went down while it was being started and it has left no trace";
            threads.execute(() -> conclusion.unreadable(dispatch, Instant.now(clock), why, () -> letGo(dispatch)));
        }
    }

    @Override
    public void destroy() {
        threads.shutdown();
    }

    private void drain() {
        for (var next = queue.take(); next.isPresent(); next = queue.take()) {
            var dispatch = next.get();
            threads.execute(() -> run(dispatch));
        }
    }

    private void run(Dispatch dispatch) {
        try {
            if (dispatch.request() == null) {
                conclusion.notRun(dispatch, Instant.now(clock), () -> letGo(dispatch));
                release(dispatch);
            } else if (start.start(dispatch.action())) {
                runner.run(Objects.requireNonNull(dispatch.request()))
                        .whenCompleteAsync((result, failure) -> ended(dispatch, result, failure), threads);
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

    private void ended(Dispatch dispatch, @Nullable RunResult result, @Nullable Throwable failure) {
        try {
            conclude(dispatch, result, failure);
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
