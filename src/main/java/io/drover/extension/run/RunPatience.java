package io.drover.extension.run;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where work on the files of runs is done, so that a run whose files do not answer, for instance since its program has put a
 * file system of its own in their place, holds up no other: after some time nobody waits for it any more, its thread is
 * made up for, and nothing more is tried with that run until the file system has answered.
 */
final class RunPatience {
    private static final Logger LOG = LoggerFactory.getLogger(RunPatience.class);
    private static final int THREADS = Math.max(4, Runtime.getRuntime().availableProcessors());

    private final long millis;
    private final Set<UUID> stuck = ConcurrentHashMap.newKeySet();
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS, THREADS, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), RunThreads.named("drover-run-files"));
    private final ScheduledThreadPoolExecutor alarms =
            new ScheduledThreadPoolExecutor(1, RunThreads.named("drover-run-patience"));

    /** @param longest after how long nobody waits any more */
    RunPatience(Duration longest) {
        this.millis = longest.toMillis();
        threads.allowCoreThreadTimeOut(true);
        alarms.setRemoveOnCancelPolicy(true);
    }

    /** Has work on a run's files done; fails with an {@link IOException} when it takes too long. */
    <T> CompletableFuture<T> about(UUID run, Callable<T> work) {
        var result = new CompletableFuture<T>();
        if (isStuck(run)) {
            result.completeExceptionally(silence(run));
        } else {
            threads.execute(() -> new Job<>(run, work, result).go());
        }
        return result;
    }

    /** The same, waited for. */
    <T> T within(UUID run, Callable<T> work) throws IOException {
        try {
            return about(run, work).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        }
    }

    /** Whether something that was tried with the run's files has not come back. */
    boolean isStuck(UUID run) {
        return stuck.contains(run);
    }

    private IOException silence(UUID run) {
        return new IOException("The files of run " + run + " have not answered within " + millis + " ms");
    }

    private synchronized void makeUp(int change) {
        int size = threads.getCorePoolSize() + change;
        if (change > 0) {
            threads.setMaximumPoolSize(size);
            threads.setCorePoolSize(size);
        } else {
            threads.setCorePoolSize(size);
            threads.setMaximumPoolSize(size);
        }
    }

    private final class Job<T> {
        private final UUID run;
        private final Callable<T> work;
        private final CompletableFuture<T> result;
        private boolean over;
        private boolean late;

        Job(UUID run, Callable<T> work, CompletableFuture<T> result) {
            this.run = run;
            this.work = work;
            this.result = result;
        }

        void go() {
            var alarm = alarms.schedule(this::giveUp, millis, TimeUnit.MILLISECONDS);
            try {
                var value = work.call();
                end();
                result.complete(value);
            } catch (Exception | StackOverflowError | OutOfMemoryError e) {
                end();
                result.completeExceptionally(e);
            } finally {
                alarm.cancel(false);
            }
        }

        private synchronized void end() {
            over = true;
            if (late) {
                stuck.remove(run);
                makeUp(-1);
            }
        }

        private void giveUp() {
            synchronized (this) {
                if (over) {
                    return;
                }
                late = true;
                stuck.add(run);
                makeUp(1);
            }
            LOG.error("The files of run {} have not answered for {} ms; the run is left to itself", run, millis);
            result.completeExceptionally(silence(run));
        }
    }
}
