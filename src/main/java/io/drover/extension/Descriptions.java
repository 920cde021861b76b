package io.drover.extension;

import io.drover.problem.ProblemException;
import io.drover.text.Cut;
import org.jspecify.annotations.Nullable;

/** The rule for an extension's description. */
final class Descriptions {
    private Descriptions() {}

    static void check(@Nullable String description) {
        if (description != null && description.length() > Extension.LONGEST_DESCRIPTION) {
            throw ProblemException.invalid(
                    "/description",
                    "must have at most " + Extension.LONGEST_DESCRIPTION + " characters",
                    Cut.to(100, description));
        }
        if (description != null && description.chars().anyMatch(Descriptions::isControl)) {
            throw ProblemException.invalid(
                    "/description", "must not have control characters other than tabs and line ends", description);
        }
    }

    private static boolean isControl(int character) {
        return Character.isISOControl(character) && "\t\r\n".indexOf(character) < 0;
    }
}
