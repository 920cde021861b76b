package io.drover.extension.run;

import io.drover.extension.run.RunResult.Ending;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A run that is under way, started by this server or found again after a restart. */
final class LiveRun {
    private static final Duration DRAIN = Duration.ofSeconds(1);

    private final RunFiles files;
    private final ProcessHandle supervisor;
    private final ProcessTree tree;
    private final AtomicReference<@Nullable Ending> ending = new AtomicReference<>();
    private final CompletableFuture<Void> cleared = new CompletableFuture<>();
    private final boolean piped;
    private final CompletableFuture<Void> end;
    private final Consumer<Boolean> release;
    private volatile @Nullable String leftover;
    private volatile @Nullable Instant endSeen;

    /**
     * @param end completes after the end of the program, once the supervisor has nothing more to do for it
     * @param release gets the supervisor when nothing is left to do about the run; true if it ended by itself
     */
    LiveRun(
            RunFiles files,
            ProcessHandle supervisor,
            ProcessTree tree,
            boolean piped,
            CompletableFuture<Void> end,
            Consumer<Boolean> release) {
        this.end = end;
        this.release = release;
        this.files = files;
        this.supervisor = supervisor;
        this.tree = tree;
        this.piped = piped;
    }

    ProcessTree tree() {
        return tree;
    }

    CompletableFuture<Void> end() {
        return end;
    }

    boolean hasEnded() {
        return end.isDone();
    }

    /** Ends the supervisor, whose program is gone or could not be started. */
    void endSupervisor() {
        supervisor.destroyForcibly();
    }

    /** Gives the supervisor back. */
    void release() {
        release.accept(!isForced());
    }

    /** Marks the run as ended by Drover; false when it is already being ended, or has ended by itself. */
    boolean force(Ending why) {
        return ending.compareAndSet(null, why);
    }

    /** Whether pipes lie between the program and the files of its outputs. */
    boolean isPiped() {
        return piped;
    }

    /** Whether Drover ends or has ended the run. */
    boolean isForced() {
        var how = ending.get();
        return how != null && how != Ending.EXITED;
    }

    /** Says that no process of a run that was ended is left, or else which are. */
    void clear(@Nullable String left) {
        leftover = left;
        cleared.complete(null);
    }

    /** Has whoever picks the run up take its outcome for unknown, should it be ended from now on. */
    void disown() throws IOException {
        files.fence();
    }

    /** Completes when no process of a run that is ended by force is left, or none of those that are can be ended. */
    CompletableFuture<Void> cleared() {
        return cleared;
    }

    /** Whether the program has ended by itself, as far as can be told. */
    boolean hasExitCode() throws IOException {
        return files.hasExitCode();
    }

    /**
     * The result: after the program's end, and unless it ended by itself, after the last of its processes.
     *
     * @param ended completes after that, once a run that left no exit code has been marked as ended by force
     */
    CompletableFuture<RunResult> result(CompletableFuture<Void> ended, RunPatience patience, Clock clock) {
        return ended.thenCompose(gone -> force(Ending.EXITED) ? CompletableFuture.<Void>completedFuture(null) : cleared)
                .thenCompose(gone -> patience.about(tree.mark().actionId(), () -> read(clock)))
                .exceptionally(failure -> files.unreadable(forced(), Instant.now(clock), failure));
    }

    /**
     * Whether the program has ended by itself, with nothing left for its supervisor to collect, even if nobody has been told of
     * its end yet.
     */
    boolean isOver() throws IOException {
        return hasEnded()
                || hasExitCode() && (piped || supervisor.children().findAny().isEmpty());
    }

    void trimOutput() throws IOException {
        files.trim();
    }

    /**
     * Takes note of an end of the program that its supervisor does not report: something that the program left behind may hold
     * its pipes open for ever, and a report can be lost. Whatever was printed has been collected by then.
     */
    void checkEnd(Instant now) throws IOException {
        if (hasEnded() || !hasExitCode()) {
            return;
        }
        if (endSeen == null) {
            endSeen = now;
        } else if (now.isAfter(endSeen.plus(DRAIN))
                && (piped || supervisor.children().findAny().isEmpty())) {
            supervisor.descendants().forEach(ProcessHandle::destroyForcibly);
            supervisor.destroyForcibly();
        }
    }

    private RunResult read(Clock clock) throws IOException {
        return files.result(forced(), Instant.now(clock), leftover);
    }

    private @Nullable Ending forced() {
        return isForced() ? ending.get() : null;
    }
}
