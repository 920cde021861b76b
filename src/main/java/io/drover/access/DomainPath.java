package io.drover.access;

import io.drover.problem.ProblemException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rule for domains: {@code /}, or names with a slash before each. */
final class DomainPath {
    static final String ROOT = "/";

    private static final int LONGEST = 200;
    private static final Pattern PATTERN = Pattern.compile("/|(/[A-Za-z0-9][A-Za-z0-9._-]{0,62})+");

    private DomainPath() {}

    static String check(String pointer, @Nullable String domain) {
        if (domain == null
                || domain.length() > LONGEST
                || !PATTERN.matcher(domain).matches()) {
            throw ProblemException.invalid(
                    pointer,
                    "must be '/' or a path such as '/sales/emea' of at most " + LONGEST
                            + " characters, whose parts have letters, digits or . _ - and begin with a letter or digit",
                    domain);
        }
        return domain;
    }
}
