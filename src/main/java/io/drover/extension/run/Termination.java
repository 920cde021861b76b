package io.drover.extension.run;

import io.drover.extension.run.RunResult.Ending;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends a run with all its processes: TERM, a time of grace, KILL, and a look at what is left until nothing is. */
final class Termination {
    private static final Logger LOG = LoggerFactory.getLogger(Termination.class);

    /** After so long a KILL that had no effect will have none. */
    private static final Duration HOPELESS = Duration.ofSeconds(30);

    private static final long LOOK_MILLIS = 50;

    private final ScheduledExecutorService timer;
    private final Duration grace;
    private final Clock clock;

    Termination(ScheduledExecutorService timer, Duration grace, Clock clock) {
        this.timer = timer;
        this.grace = grace;
        this.clock = clock;
    }

    void end(LiveRun run, Ending why) {
        if (run.isAlive() && run.force(why)) {
            clear(run);
        }
    }

    /** A supervisor that went without leaving an exit code may have left processes of its program, which nobody follows. */
    void endIfLost(LiveRun run) {
        if (!run.hasExitCode() && run.force(Ending.LOST)) {
            clear(run);
        }
    }

    private void clear(LiveRun run) {
        var killAfter = Instant.now(clock).plus(grace);
        try {
            run.tree().terminate();
        } catch (RuntimeException e) {
            LOG.warn("Cannot look for the processes of a run; trying again", e);
        }
        timer.schedule(() -> finish(run, killAfter), LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void finish(LiveRun run, Instant killAfter) {
        try {
            if (isOver(run, killAfter)) {
                return;
            }
        } catch (RuntimeException e) {
            LOG.warn("Cannot look for the processes of a run; trying again", e);
        }
        timer.schedule(() -> finish(run, killAfter), LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private boolean isOver(LiveRun run, Instant killAfter) {
        var left = run.tree().members();
        var now = Instant.now(clock);
        if (left.isEmpty()) {
            run.clear(null);
            return true;
        }
        if (now.isAfter(killAfter.plus(HOPELESS))) {
            var pids = left.stream().map(ProcessHandle::pid).sorted().toList();
            LOG.error("Processes {} of a run cannot be ended", pids);
            run.clear("processes " + pids + " could not be ended");
            return true;
        }
        if (now.isAfter(killAfter)) {
            run.tree().kill();
        }
        return false;
    }
}
