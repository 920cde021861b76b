package io.drover.extension.run;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the outputs of running programs within their bounds, and ends them; does nothing while nothing runs. */
final class OutputWatch {
    private static final Logger LOG = LoggerFactory.getLogger(OutputWatch.class);

    /** An end that is not reported is rare, and looking for it costs something. */
    private static final int RARELY = 10;

    private final Map<UUID, LiveRun> live;
    private final ScheduledExecutorService timer;
    private final Duration interval;
    private final Clock clock;
    private long looks;
    private final AtomicBoolean watching = new AtomicBoolean();

    OutputWatch(Map<UUID, LiveRun> live, ScheduledExecutorService timer, Duration interval, Clock clock) {
        this.clock = clock;
        this.live = live;
        this.timer = timer;
        this.interval = interval;
    }

    /** Looks at outputs from now on, until nothing runs any more. */
    void watch() {
        if (watching.compareAndSet(false, true)) {
            timer.schedule(this::trim, interval.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void trim() {
        looks++;
        live.forEach((actionId, run) -> {
            try {
                if (run.isPiped() || looks % RARELY == 0) {
                    run.checkEnd(Instant.now(clock));
                }
                run.trimOutput();
            } catch (IOException | RuntimeException e) {
                LOG.warn("Cannot bound the output of action {}", actionId, e);
            }
        });
        watching.set(false);
        if (!live.isEmpty()) {
            watch();
        }
    }
}
