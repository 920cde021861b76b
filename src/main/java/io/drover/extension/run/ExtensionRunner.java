package io.drover.extension.run;

import io.drover.extension.run.RunResult.Ending;
import io.drover.extension.run.RunnerProperties.AtShutdown;
import io.drover.home.Home;
import io.drover.problem.Names;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
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

    private final RunnerProperties properties;
    private final Confinement confinement;
    private final ProgramStart start;
    private final Termination termination;
    private final OutputWatch outputs;
    private final Path runs;
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
        this.start = new ProgramStart(properties, confinement, home.root());
        this.clock = clock;
        this.outputs = new OutputWatch(live, timer, properties.outputCheck(), clock);
        this.termination = new Termination(timer, properties.grace(), clock);
    }

    /** Starts a run. The future completes when the program has ended, and never exceptionally for what the program did. */
    public CompletableFuture<RunResult> run(RunRequest request) {
        var startedAt = Instant.now(clock);
        if (cancelled.remove(request.actionId())) {
            return CompletableFuture.completedFuture(notStarted(Ending.CANCELLED, startedAt, null));
        }
        try {
            var directory = RunDirectory.create(runs, request.actionId());
            if (confinement.isApart()) {
                directory.separate(confinement.user());
            }
            directory.writePayload(request.payload(), confinement.user());
            return follow(start.start(directory, request, files(directory, startedAt)), request.timeout());
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("Cannot start {} for action {}", request.program(), request.actionId(), e);
            return CompletableFuture.completedFuture(
                    notStarted(Ending.NOT_STARTED, startedAt, String.valueOf(e.getMessage())));
        }
    }

    /**
     * Picks up a run that an earlier life of this server started.
     *
     * @param deadline when the program's time is over
     * @return empty when this node has no trace of a start, so the program certainly did nothing here
     */
    public Optional<CompletableFuture<RunResult>> resume(UUID actionId, Instant startedAt, Instant deadline) {
        var directory = RunDirectory.existing(runs, actionId);
        if (directory.isEmpty()) {
            return Optional.empty();
        }
        var tree = directory.get().process().or(() -> survivor(directory.get(), actionId));
        var process = tree.flatMap(ProcessTree::supervisorHandle);
        var piped = directory.get().isPiped();
        var files = files(directory.get(), startedAt);
        if (process.isPresent() && (piped || !files.hasExitCode())) {
            var end = process.get().onExit().<Void>thenApply(gone -> null);
            var run = new LiveRun(files, process.get(), tree.get(), piped, end, clean -> {});
            return Optional.of(follow(run, Duration.between(Instant.now(clock), deadline)));
        }
        try {
            return Optional.of(CompletableFuture.completedFuture(files.result(null, Instant.now(clock), null)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends a run because somebody cancelled it; a run that is only about to start here does not start. */
    public void cancel(UUID actionId) {
        cancelled.add(actionId);
        endIfCancelled(actionId);
    }

    /** Removes the run's files, the payload among them. Does nothing where there are none. */
    public void forget(UUID actionId) {
        cancelled.remove(actionId);
        RunDirectory.existing(runs, actionId).ifPresent(directory -> {
            try {
                directory.delete();
            } catch (IOException e) {
                LOG.error("Cannot remove {}", directory.path(), e);
            }
        });
    }

    /** Removes what earlier runs have left, except of those that are still to be picked up. */
    public void forgetAllBut(Set<UUID> unfinished) {
        try (var directories = Files.list(runs)) {
            directories
                    .map(directory -> directory.getFileName().toString())
                    .filter(Names::isId)
                    .map(UUID::fromString)
                    .filter(id -> !unfinished.contains(id) && !live.containsKey(id))
                    .forEach(this::forget);
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
        var ended = run.end().thenRun(() -> termination.endIfLost(run));
        endIfCancelled(actionId);
        var alarm = timer.schedule(
                () -> termination.end(run, Ending.TIMED_OUT), Math.max(0, timeout.toMillis()), TimeUnit.MILLISECONDS);
        return run.result(ended, clock).whenComplete((result, failure) -> {
            alarm.cancel(false);
            live.remove(actionId);
            run.release();
        });
    }

    private void endIfCancelled(UUID actionId) {
        var run = live.get(actionId);
        if (run != null && cancelled.remove(actionId)) {
            termination.end(run, Ending.CANCELLED);
        }
    }

    private RunFiles files(RunDirectory directory, Instant startedAt) {
        return new RunFiles(directory, properties.maxOutput().toBytes(), confinement, startedAt);
    }

    /** What is left of a run whose supervisor is not known, unless the program ended by itself. */
    private static Optional<ProcessTree> survivor(RunDirectory directory, UUID actionId) {
        return directory.exitCode().isPresent() ? Optional.empty() : ProcessTree.survivor(actionId);
    }

    private RunResult notStarted(Ending ending, Instant startedAt, @Nullable String why) {
        return new RunResult(ending, null, Output.NONE, Output.NONE, startedAt, Instant.now(clock), why);
    }
}
