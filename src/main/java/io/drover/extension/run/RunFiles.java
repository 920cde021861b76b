package io.drover.extension.run;

import io.drover.extension.run.RunResult.Ending;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a run has left on disk, and the result that can be read from it. */
final class RunFiles {
    private static final String DELETED = "the files of its run were deleted while it ran";

    private final RunDirectory directory;
    private final OutputFile output;
    private final OutputFile errorOutput;
    private final Confinement confinement;
    private final Instant startedAt;
    private volatile @Nullable Integer exitCode;

    RunFiles(RunDirectory directory, long bound, Confinement confinement, Instant startedAt) {
        this.directory = directory;
        this.confinement = confinement;
        this.output = new OutputFile(directory.output(), bound, HolePunch.FALLOCATE);
        this.errorOutput = new OutputFile(directory.errorOutput(), bound, HolePunch.FALLOCATE);
        this.startedAt = startedAt;
    }

    void trim() throws IOException {
        output.trim();
        errorOutput.trim();
    }

    void fence() throws IOException {
        directory.fence();
    }

    boolean hasExitCode() {
        return exitCode() != null;
    }

    private @Nullable Integer exitCode() {
        if (exitCode == null) {
            exitCode = directory.exitCode().orElse(null);
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
        boolean deleted = printed.isEmpty() || errors.isEmpty();
        boolean exited = !deleted && hasExitCode() && !directory.isFenced();
        var ending = forced != null ? forced : exited ? Ending.EXITED : Ending.LOST;
        var code = ending == Ending.EXITED ? exitCode() : null;
        var suspicion = code == null ? deleted ? DELETED : null : confinement.suspect(code);
        return new RunResult(
                ending,
                code,
                printed.orElse(Output.NONE),
                errors.orElse(Output.NONE),
                startedAt,
                endedAt,
                failure != null ? failure : suspicion);
    }
}
