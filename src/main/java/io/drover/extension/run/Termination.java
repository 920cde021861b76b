package io.drover.extension.run;

import io.drover.extension.run.RunResult.Ending;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends runs with all their processes: TERM, a time of grace, KILL, and a look at what is left until nothing is. One look at
 * the machine's processes serves all runs that are being ended.
 */
final class Termination {
    private static final Logger LOG = LoggerFactory.getLogger(Termination.class);

    /** After so long a KILL that had no effect will have none. */
    private static final Duration HOPELESS = Duration.ofSeconds(30);

    /** After so many KILLs without effect processes are no longer there when they are signalled. */
    private static final int ELUSIVE = 2;

    private static final long LOOK_MILLIS = 50;
    private static final int EMPTY_LOOKS = 3;

    private final ScheduledExecutorService timer;
    private final Duration grace;
    private final Clock clock;
    private final Map<LiveRun, Pursuit> pursuits = new ConcurrentHashMap<>();
    private final AtomicBoolean looking = new AtomicBoolean();

    Termination(ScheduledExecutorService timer, Duration grace, Clock clock) {
        this.timer = timer;
        this.grace = grace;
        this.clock = clock;
    }

    void end(LiveRun run, Ending why) {
        if (!run.hasEnded() && run.force(why)) {
            clear(run);
        }
    }

    /** Ends what is left of a run that nobody follows any more. */
    void endLost(LiveRun run) {
        if (run.force(Ending.LOST)) {
            clear(run);
        }
    }

    private void clear(LiveRun run) {
        pursuits.put(run, new Pursuit(Instant.now(clock).plus(grace), false, 0, 0));
        lookIn(0);
    }

    private void lookIn(long millis) {
        if (looking.compareAndSet(false, true)) {
            timer.schedule(this::look, millis, TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        long begun = System.nanoTime();
        try {
            var runs = List.copyOf(pursuits.keySet());
            var since = runs.stream().mapToLong(run -> run.tree().startTicks()).min();
            var table = ProcessTable.look(since.orElse(0));
            Map<ProcessTree, Set<ProcessStat>> elusive = new HashMap<>();
            runs.forEach(run -> pursue(run, table, elusive));
            if (!elusive.isEmpty()) {
                Hunt.on(elusive);
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("Cannot look for the processes of runs; trying again", e);
        } finally {
            looking.set(false);
        }
        if (!pursuits.isEmpty()) {
            long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
            lookIn(Math.max(LOOK_MILLIS, took));
        }
    }

    private void pursue(LiveRun run, ProcessTable table, Map<ProcessTree, Set<ProcessStat>> elusive) {
        var pursuit = Objects.requireNonNull(pursuits.get(run));
        var left = run.tree().members(table);
        if (left.isEmpty() && !run.hasEnded()) {
            awaitEnd(run, pursuit);
        } else if (left.isEmpty()) {
            if (table.isSteady() || pursuit.empty >= EMPTY_LOOKS) {
                finish(run, null);
            } else {
                pursuits.put(run, pursuit.seenNothing());
            }
        } else {
            press(run, pursuit, left);
            if (pursuit.kills >= ELUSIVE) {
                elusive.put(run.tree(), left);
            }
        }
    }

    /** The program is only about to be started, or its supervisor cannot tell its end. */
    private void awaitEnd(LiveRun run, Pursuit pursuit) {
        if (Instant.now(clock).isAfter(pursuit.killAfter)) {
            run.endSupervisor();
        }
    }

    private void press(LiveRun run, Pursuit pursuit, Set<ProcessStat> left) {
        var now = Instant.now(clock);
        if (now.isAfter(pursuit.killAfter.plus(HOPELESS))) {
            var pids = left.stream().map(ProcessStat::pid).sorted().toList();
            LOG.error("Processes {} of a run cannot be ended", pids);
            run.endSupervisor();
            finish(run, "processes " + pids + " could not be ended");
            return;
        }
        var processes = left.stream().flatMap(process -> process.handle().stream());
        if (now.isAfter(pursuit.killAfter)) {
            processes.forEach(ProcessHandle::destroyForcibly);
            pursuits.put(run, pursuit.killed());
        } else if (!pursuit.asked) {
            processes.forEach(ProcessHandle::destroy);
            pursuits.put(run, pursuit.termed());
        }
    }

    private void finish(LiveRun run, @Nullable String leftover) {
        pursuits.remove(run);
        run.clear(leftover);
    }

    /**
     * How far the end of a run has got.
     *
     * @param asked whether its processes have got TERM
     * @param kills how often they have got KILL
     * @param empty how many looks have found nothing while the machine was too busy for that to be certain
     */
    private record Pursuit(Instant killAfter, boolean asked, int kills, int empty) {

        Pursuit termed() {
            return new Pursuit(killAfter, true, kills, empty);
        }

        Pursuit killed() {
            return new Pursuit(killAfter, asked, kills + 1, 0);
        }

        Pursuit seenNothing() {
            return new Pursuit(killAfter, asked, kills, empty + 1);
        }
    }
}
