package io.drover.extension.run;

import io.drover.extension.run.RunResult.Ending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a run has left on disk, and the result that can be read from it. */
final class RunFiles {
    private static final Logger LOG = LoggerFactory.getLogger(RunFiles.class);
    private static final String DELETED = "the files of its run were deleted while it ran";
    private static final String REPLACED = "the files of its run were replaced while it ran";

    private final RunDirectory directory;
    private final RunRecord record;
    private final OutputFile output;
    private final OutputFile errorOutput;
    private final Confinement confinement;
    private final Instant startedAt;
    private volatile @Nullable Integer exitCode;

    RunFiles(RunRecord record, long bound, Confinement confinement, Instant startedAt) {
        this.record = record;
        this.directory = record.directory();
        this.confinement = confinement;
        this.output = new OutputFile(directory.output(), bound, HolePunch.FALLOCATE);
        this.errorOutput = new OutputFile(directory.errorOutput(), bound, HolePunch.FALLOCATE);
        this.startedAt = startedAt;
    }

    RunRecord record() {
        return record;
    }

    /** Makes the files that the program's outputs go to, and remembers which they are. */
    void make() throws IOException {
        directory.createOutputs();
        output.identify(output.look().inode());
        errorOutput.identify(errorOutput.look().inode());
    }

    void identify(RunRecord.Note note) {
        output.identify(note.output());
        errorOutput.identify(note.errorOutput());
    }

    void trim() throws IOException {
        output.trim();
        errorOutput.trim();
    }

    /** Has whoever picks the run up take its outcome for unknown, unless the program has ended before. */
    void fence() throws IOException {
        if (!hasExitCode()) {
            directory.fence();
        }
    }

    boolean hasExitCode() throws IOException {
        return exitCode() != null;
    }

    private @Nullable Integer exitCode() throws IOException {
        if (exitCode == null) {
            exitCode = record.exitCode().orElse(null);
        }
        return exitCode;
    }

    /**
     * The result of a run whose program has ended.
     *
     * @param forced how Drover ended it; null when it ended by itself
     * @param failure what could not be done about it; null when everything could
     */
    RunResult result(@Nullable Ending forced, Instant endedAt, @Nullable String failure) throws IOException {
        var printed = output.read();
        var errors = errorOutput.read();
        boolean gone = printed.isEmpty() || errors.isEmpty();
        boolean exited = !gone && hasExitCode() && !directory.isFenced();
        var ending = forced != null ? forced : exited ? Ending.EXITED : Ending.LOST;
        var code = ending == Ending.EXITED ? exitCode() : null;
        var kept = printed.orElse(Output.NONE);
        var keptErrors = errors.orElse(Output.NONE);
        var suspicion = code == null ? harm() : confinement.suspect(code, kept, keptErrors);
        return new RunResult(ending, code, kept, keptErrors, startedAt, endedAt, failure != null ? failure : suspicion);
    }

    /** The result of a run whose files cannot be read. */
    RunResult unreadable(@Nullable Ending forced, Instant endedAt, Throwable why) {
        LOG.error("The files of run {} cannot be read, so it counts as lost", directory.actionId(), why);
        var ending = forced != null ? forced : Ending.LOST;
        var failure = "the files of its run cannot be read: " + why.getMessage();
        return new RunResult(ending, null, Output.NONE, Output.NONE, startedAt, endedAt, failure);
    }

    /** What the program has done to its run's files; null if nothing. */
    private @Nullable String harm() throws IOException {
        if (!Files.isDirectory(directory.path(), LinkOption.NOFOLLOW_LINKS)) {
            return tell(RunFile.at(directory.path()).exists() ? REPLACED : DELETED, directory.path());
        }
        if (!output.look().exists() || !errorOutput.look().exists()) {
            return tell(DELETED, directory.path());
        }
        if (!output.isItself() || !errorOutput.isItself()) {
            return tell(REPLACED, output.isItself() ? errorOutput.path() : output.path());
        }
        var exit = RunFile.at(directory.exit());
        boolean scribbled = exit.size() > 0 && !hasExitCode();
        return exit.size() >= 0 && !scribbled ? null : tell(exit.exists() ? REPLACED : DELETED, directory.exit());
    }

    private static String tell(String harm, Path file) {
        LOG.warn("{}: {}; the run counts as lost", file, harm);
        return harm;
    }
}
