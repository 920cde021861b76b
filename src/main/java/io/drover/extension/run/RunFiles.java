package io.drover.extension.run;

import io.drover.extension.run.RunResult.Ending;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a run has left on disk, and the result that can be read from it. */
final class RunFiles {
    private final RunDirectory directory;
    private final OutputFile output;
    private final OutputFile errorOutput;
    private final Confinement confinement;
    private final Instant startedAt;

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

    boolean hasExitCode() {
        return directory.exitCode().isPresent();
    }

    /**
     * The result of a run whose supervisor has ended.
     *
     * @param forced how Drover ended it; null when it ended by itself
     * @param failure what could not be done about it; null when everything could
     */
    RunResult result(@Nullable Ending forced, Instant endedAt, @Nullable String failure) throws IOException {
        var exitCode = directory.hasOutputs() ? directory.exitCode().orElse(null) : null;
        var ending = forced != null ? forced : exitCode == null || directory.isFenced() ? Ending.LOST : Ending.EXITED;
        var code = ending == Ending.EXITED ? exitCode : null;
        var why = failure != null ? failure : explanation(code);
        return new RunResult(ending, code, output.read(), errorOutput.read(), startedAt, endedAt, why);
    }

    private @Nullable String explanation(@Nullable Integer exitCode) {
        if (exitCode != null) {
            return confinement.suspect(exitCode);
        }
        return directory.hasOutputs() ? null : "the files of its run were deleted while it ran";
    }
}
