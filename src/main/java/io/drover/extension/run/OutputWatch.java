package io.drover.extension.run;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the outputs of running programs within their bounds, and ends them; does nothing while nothing runs. One thread looks
 * at all of them in turn. Does it not come back from one, that run is left to it, and another thread looks at the others.
 */
final class OutputWatch {
    private static final Logger LOG = LoggerFactory.getLogger(OutputWatch.class);

    /** An end that is not reported is rare, and looking for it costs something. */
    private static final int RARELY = 10;

    private final Map<UUID, LiveRun> live;
    private final ScheduledExecutorService timer;
    private final Duration interval;
    private final Duration longest;
    private final Clock clock;
    private final ExecutorService lookers = Executors.newCachedThreadPool(RunThreads.named("drover-run-output"));
    private final Set<UUID> silent = ConcurrentHashMap.newKeySet();
    private final Set<UUID> complained = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean watching = new AtomicBoolean();
    private volatile @Nullable Round round;
    private long rounds;

    /** @param longest how long a look at one run may take before the others are looked at without it */
    OutputWatch(
            Map<UUID, LiveRun> live, ScheduledExecutorService timer, Duration interval, Duration longest, Clock clock) {
        this.clock = clock;
        this.live = live;
        this.timer = timer;
        this.interval = interval;
        this.longest = longest;
    }

    /** Looks at outputs from now on, until nothing runs any more. */
    void watch() {
        if (watching.compareAndSet(false, true)) {
            timer.schedule(this::look, interval.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        if (lookers.isShutdown()) {
            return;
        }
        try {
            complained.retainAll(live.keySet());
            var last = round;
            if (last == null || last.over || last.giveUpIfStuck()) {
                var next = new Round(rounds++ % RARELY == 0);
                round = next;
                lookers.execute(next);
            }
        } catch (RuntimeException e) {
            LOG.warn("Cannot look at outputs; trying again", e);
        }
        watching.set(false);
        if (!live.isEmpty()) {
            watch();
        }
    }

    void close() {
        lookers.shutdown();
    }

    /** One look at every run. */
    private final class Round implements Runnable {
        private final boolean thorough;
        private @Nullable UUID current;
        private long begun;
        private boolean left;
        private volatile boolean over;

        Round(boolean thorough) {
            this.thorough = thorough;
        }

        @Override
        public void run() {
            for (var entry : live.entrySet()) {
                if (!silent.contains(entry.getKey()) && !at(entry.getKey(), entry.getValue())) {
                    return;
                }
            }
            over = true;
        }

        /** Whether the round goes on after that. */
        private boolean at(UUID actionId, LiveRun run) {
            begin(actionId);
            try {
                if (run.isPiped() || thorough) {
                    run.checkEnd(Instant.now(clock));
                }
                run.trimOutput();
            } catch (IOException | RuntimeException e) {
                if (complained.add(actionId)) {
                    LOG.warn("Cannot bound the output of action {}", actionId, e);
                }
            }
            return end(actionId);
        }

        private synchronized void begin(UUID actionId) {
            current = actionId;
            begun = System.nanoTime();
        }

        private synchronized boolean end(UUID actionId) {
            current = null;
            if (left) {
                silent.remove(actionId);
            }
            return !left;
        }

        /** Leaves a run from which the thread does not come back to it; false if there is none. */
        synchronized boolean giveUpIfStuck() {
            var run = current;
            if (left || run == null || System.nanoTime() - begun < longest.toNanos()) {
                return left;
            }
            left = true;
            silent.add(run);
            LOG.error("The files of run {} do not answer; its output is no longer bounded, that of others is", run);
            return true;
        }
    }
}
