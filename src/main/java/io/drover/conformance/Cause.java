package io.drover.conformance;

import io.drover.text.Cut;
import java.util.List;

/**
 * Why checks failed: the first finding of those that have the same thing behind them.
 *
 * @param check the id of the check that it was found by
 * @param message what was expected and what happened, without secrets
 * @param failed the ids of all checks that failed because of it, its own first
 */
public record Cause(String check, String message, List<String> failed) {
    private static final int LONGEST = 600;

    public Cause {
        failed = List.copyOf(failed);
    }

    /** The check and what was found, in one line. */
    public String line() {
        var text = (check + ": " + message).replaceAll("\\s+", " ").strip();
        return text.length() <= LONGEST ? text : Cut.beginning(LONGEST, text) + " …";
    }
}
