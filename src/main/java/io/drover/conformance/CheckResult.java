package io.drover.conformance;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How a check came out.
 *
 * @param id as {@link Check#id}
 * @param findings what was found, worst first; empty for a check that passed, and why for one that was skipped
 */
public record CheckResult(String id, String title, Outcome outcome, List<Finding> findings) {

    /** From best to worst, but for those that were not looked at. */
    public enum Outcome {
        SKIPPED,
        PASSED,
        WARNING,
        FAILED;

        /** The name in reports, e.g. {@code failed}. */
        @JsonValue
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One thing that is not as it should be.
     *
     * @param message what was expected and what happened, without secrets
     * @param command a shell command that makes the same call again; null where nothing was called
     * @param payload the call's payload with secrets masked, where it was not kept in a file; else null
     */
    public record Finding(
            Outcome outcome,
            String message,
            @Nullable String command,
            @Nullable String payload) {

        Finding masked(UnaryOperator<String> masked) {
            return new Finding(outcome, masked.apply(message), command, payload == null ? null : masked.apply(payload));
        }
    }

    public CheckResult {
        findings = List.copyOf(findings);
    }
}
