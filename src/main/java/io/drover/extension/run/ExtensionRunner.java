package io.drover.extension.run;

import io.drover.extension.run.RunResult.Ending;
import io.drover.extension.run.RunnerProperties.AtShutdown;
import io.drover.home.Home;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Runs programs once each. No thread waits for a program: its output goes to files that are looked at from time to time,
 * and its end is a future. A program goes on when the server stops and can be picked up again by its action id.
 */
@Component
public class ExtensionRunner implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(ExtensionRunner.class);

    /** So long may the files of one run not answer; a disk that is very busy has answered by then. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final RunPatience FILES = new RunPatience(PATIENCE);

    private final RunnerProperties properties;
    private final Confinement confinement;
    private final ProgramStart start;
    private final Termination termination;
    private final OutputWatch outputs;
    private final Path runs;
    private final RunProof proof;
    private final Clock clock;
    private final Map<UUID, LiveRun> live = new ConcurrentHashMap<>();
    private final Set<UUID> cancelled = ConcurrentHashMap.newKeySet();

    /** One thread can be at outputs and one at processes, and none of them makes a timeout late. */
    private final ScheduledExecutorService timer =
            Executors.newScheduledThreadPool(3, RunThreads.named("drover-run-timer"));

    ExtensionRunner(RunnerProperties properties, Confinement confinement, Home home, Clock clock) {
        this.properties = properties;
        this.confinement = confinement;
        this.runs = home.directory("runs");
        this.proof = RunProof.in(home.root());
        this.start = new ProgramStart(properties, confinement, home.root());
        this.clock = clock;
        this.outputs = new OutputWatch(live, timer, properties.outputCheck(), PATIENCE, clock);
        this.termination = new Termination(timer, properties.grace(), clock);
    }

    /** Starts a run. The future completes when the program has ended, and never exceptionally for what the program did. */
    public CompletableFuture<RunResult> run(RunRequest request) {
        var startedAt = Instant.now(clock);
        if (cancelled.remove(request.actionId())) {
            return CompletableFuture.completedFuture(notStarted(Ending.CANCELLED, startedAt, null));
        }
        RunDirectory made = null;
        try {
            var directory = RunDirectory.create(runs, request.actionId());
            made = directory;
            if (confinement.isApart()) {
                directory.separate(confinement.user());
            }
            directory.writePayload(request.payload(), confinement.user());
            var files = files(new RunRecord(directory, proof, false), startedAt);
            return follow(start.start(request, files), request.timeout());
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("Cannot start {} for action {}", request.program(), request.actionId(), e);
            if (made != null) {
                forget(request.actionId());
            }
            return CompletableFuture.completedFuture(
                    notStarted(Ending.NOT_STARTED, startedAt, String.valueOf(e.getMessage())));
        }
    }

    /**
     * Picks up a run that an earlier life of this server started, or may have started. What has become of its files is found
     * out without waiting for long.
     *
     * @param deadline when the program's time is over
     * @return empty when this node has no trace of a start, so the program certainly did nothing here
     */
    public Optional<CompletableFuture<RunResult>> resume(UUID actionId, Instant startedAt, Instant deadline) {
        var files = files(
                new RunRecord(new RunDirectory(runs.resolve(actionId.toString())), proof, proof.isNew()), startedAt);
        RunTrace trace;
        try {
            trace = FILES.within(actionId, () -> RunTrace.find(runs, actionId, files));
        } catch (IOException e) {
            LOG.error("The files of action {} cannot be read", actionId, e);
            trace = RunTrace.withoutFiles(actionId);
        }
        if (!trace.isThere()) {
            remove(actionId);
            return Optional.empty();
        }
        var left = Duration.between(Instant.now(clock), deadline);
        return Optional.of(trace.run(files)
                .map(run -> follow(run, left))
                .orElseGet(() -> CompletableFuture.completedFuture(endOf(actionId, files))));
    }

    private RunResult endOf(UUID actionId, RunFiles files) {
        var now = Instant.now(clock);
        try {
            return FILES.within(actionId, () -> files.result(null, now, null));
        } catch (IOException e) {
            return files.unreadable(null, now, e);
        }
    }

    /** Ends a run because somebody cancelled it; a run that is only about to start here does not start. */
    public void cancel(UUID actionId) {
        cancelled.add(actionId);
        endIfCancelled(actionId);
    }

    /** Whether there is something where a run's files are; without it this node has hardly begun the run. */
    public boolean hasFiles(UUID actionId) {
        return RunDirectory.existing(runs, actionId).isPresent();
    }

    /** Removes the run's files, the payload among them, whatever it has renamed them to. Does nothing where there are none. */
    public void forget(UUID actionId) {
        cancelled.remove(actionId);
        remove(actionId);
    }

    private void remove(UUID actionId) {
        try {
            FILES.within(actionId, () -> RunLeftovers.of(actionId, runs).remove());
        } catch (IOException e) {
            LOG.error("Cannot remove the files of run {}; it is tried again at the next start", actionId, e);
        }
    }

    /**
     * Removes what earlier runs have left, what they have renamed included, except of those that are still to be picked up.
     * Goes on when this has returned.
     *
     * @param unfinished asked once it is known what is there, so that no run that begins meanwhile is taken for an earlier one
     */
    public void forgetAllBut(Supplier<Set<UUID>> unfinished) {
        try {
            var found = RunLeftovers.in(runs);
            var kept = unfinished.get();
            var over = found.allBut(run -> kept.contains(run) || live.containsKey(run));
            RunThreads.named("drover-run-leftovers")
                    .newThread(() -> over.runs().forEach(this::forget))
                    .start();
        } catch (IOException e) {
            LOG.error("Cannot look for what earlier runs have left in {}", runs, e);
        }
    }

    @Override
    public void destroy() {
        if (properties.atShutdown() == AtShutdown.END) {
            endAll();
        }
        timer.shutdownNow();
        outputs.close();
        start.close();
    }

    private void endAll() {
        LOG.info("Ending {} programs", live.size());
        var cleared = List.copyOf(live.values()).stream().map(this::end).toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(cleared).join();
    }

    private CompletableFuture<Void> end(LiveRun run) {
        try {
            run.disown();
            termination.end(run, Ending.LOST);
        } catch (IOException e) {
            LOG.error("A program goes on, since its end could not be noted", e);
        }
        return run.isForced() ? run.cleared() : CompletableFuture.completedFuture(null);
    }

    private CompletableFuture<RunResult> follow(LiveRun run, Duration timeout) {
        var actionId = run.tree().mark().actionId();
        live.put(actionId, run);
        outputs.watch();
        var ended = run.end()
                .thenCompose(nothing -> FILES.about(actionId, run::hasExitCode))
                .exceptionally(unreadable -> false)
                .thenAccept(exited -> endIfLost(run, exited));
        endIfCancelled(actionId);
        var alarm = timer.schedule(() -> endIfLate(run), Math.max(0, timeout.toMillis()), TimeUnit.MILLISECONDS);
        return run.result(ended, FILES, clock).whenComplete((result, failure) -> {
            alarm.cancel(false);
            live.remove(actionId);
            run.release();
        });
    }

    /** The end of a program is heard of late while the machine is busy, with the end of another run for instance. */
    private void endIfLate(LiveRun run) {
        FILES.about(run.tree().mark().actionId(), run::isOver)
                .exceptionally(unreadable -> false)
                .thenAccept(over -> {
                    if (!over) {
                        termination.end(run, Ending.TIMED_OUT);
                    }
                });
    }

    /** A supervisor that went without leaving an exit code may have left processes of its program, which nobody follows. */
    private void endIfLost(LiveRun run, boolean exited) {
        if (!exited) {
            termination.endLost(run);
        }
    }

    private void endIfCancelled(UUID actionId) {
        var run = live.get(actionId);
        if (run != null && cancelled.remove(actionId)) {
            termination.end(run, Ending.CANCELLED);
        }
    }

    private RunFiles files(RunRecord record, Instant startedAt) {
        return new RunFiles(record, properties.maxOutput().toBytes(), confinement, startedAt);
    }

    private RunResult notStarted(Ending ending, Instant startedAt, @Nullable String why) {
        return new RunResult(ending, null, Output.NONE, Output.NONE, startedAt, Instant.now(clock), why);
    }
}
