package io.drover.conformance;

import io.drover.extension.run.ProcessWatch;
import io.drover.extension.run.Remnant;
import io.drover.extension.run.RunResult;
import io.drover.extension.wire.Masking;
import io.drover.text.Cut;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One call of the extension's program and what came of it.
 *
 * @param verb Drover's name of the verb, or what was asked for in its place
 * @param command a shell command that makes the same call again
 * @param payloadShown the payload with secrets masked; null where it is kept in a file
 * @param processes what its processes were seen with
 * @param remnants what lived of it a moment after its end
 */
record Call(
        UUID actionId,
        String verb,
        int timeoutSeconds,
        RunResult result,
        Set<ProcessWatch.Seen> processes,
        List<Remnant> remnants,
        String command,
        @Nullable String payloadShown,
        Masking masking) {
    private static final int LONGEST = 400;

    boolean timedOut() {
        return result.ending() == RunResult.Ending.TIMED_OUT;
    }

    /** What it exited with; -1 where it did not exit by itself. */
    int exitCode() {
        return Objects.requireNonNullElse(result.exitCode(), -1);
    }

    String output() {
        return result.output().text().strip();
    }

    String errorOutput() {
        return result.errorOutput().text().strip();
    }

    /** The text without the payload's secrets. */
    String masked(String text) {
        return Objects.requireNonNull(masking.message(text));
    }

    /** Whether the text has a secret of the payload. The path of the payload, which the program was told, is none. */
    boolean tellsSecret(String text) {
        var unplaced = text.replaceAll("(?<![^\\s\"'(:=])/[^\\s\"']*" + actionId + "/payload\\.json", " ");
        return !masked(unplaced).equals(unplaced);
    }

    /** How it ended, for a person. */
    String told() {
        var ending =
                switch (result.ending()) {
                    case EXITED -> "exit code " + exitCode();
                    case TIMED_OUT -> "it was still running after " + timeoutSeconds + " s";
                    case CANCELLED, LOST -> "it was ended from outside";
                    case NOT_STARTED -> "it could not be started: " + result.failure();
                };
        var text = new StringBuilder(ending);
        append(text, "stdout", output());
        append(text, "stderr", errorOutput());
        return text.toString();
    }

    private void append(StringBuilder text, String stream, String content) {
        text.append(", ").append(stream).append(' ').append(content.isEmpty() ? "empty" : excerpt(content));
    }

    /** The beginning of what the program has said, masked before it is cut. */
    String excerpt(String said) {
        return cut(masking.text(said));
    }

    static String cut(String text) {
        return Cut.to(LONGEST, text);
    }
}
