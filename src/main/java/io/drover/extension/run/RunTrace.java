package io.drover.extension.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an earlier life of the server has left of a run: files, processes, or both.
 *
 * @param isThere whether there is anything, so that the program may have done something
 * @param tree its processes, if there are any to be followed
 */
record RunTrace(boolean isThere, @Nullable ProcessTree tree, boolean piped) {

    /** Looks at its files, and for its processes where these do not tell. */
    static RunTrace find(Path runs, UUID actionId, RunFiles files) throws IOException {
        if (RunDirectory.existing(runs, actionId).isEmpty()) {
            var survivor = withoutFiles(actionId);
            boolean none =
                    survivor.tree == null && RunLeftovers.of(actionId, runs).isEmpty();
            return none ? new RunTrace(false, null, false) : survivor;
        }
        var note = files.record().note();
        files.identify(note);
        boolean ended = files.hasExitCode();
        var tree = note.tree().orElse(null);
        if (tree == null && !ended) {
            tree = ProcessTree.survivor(actionId).orElse(null);
        }
        boolean there = tree != null || ended || files.record().mayHaveBegun();
        return new RunTrace(there, ended && !note.piped() ? null : tree, note.piped());
    }

    /** Of a run whose files are no help. */
    static RunTrace withoutFiles(UUID actionId) {
        return new RunTrace(true, ProcessTree.survivor(actionId).orElse(null), false);
    }

    /** The run, if it still has a process to wait for. */
    Optional<LiveRun> run(RunFiles files) {
        if (tree == null) {
            return Optional.empty();
        }
        return tree.supervisorHandle().map(process -> {
            var end = process.onExit().<Void>thenApply(gone -> null);
            return new LiveRun(files, process, tree, piped, end, clean -> {});
        });
    }
}
