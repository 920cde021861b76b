package io.drover.inventory;

import io.drover.access.SecretNames;
import io.drover.access.SecretUrls;
import io.drover.problem.Violation;
import io.drover.text.Cut;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What details may be called and contain. */
final class DetailRules {
    /** Details travel in every payload and stand in lists. */
    private static final long MOST_IN_ALL = 256 * 1024;

    static final int MOST_PER_OWNER = 500;
    static final int MOST_IN_VALUE = 65_536;
    static final int MOST_IN_NAME = 255;

    private DetailRules() {}

    /** Finds what is wrong with one detail; a secret's value is not repeated. */
    static void check(Findings findings, String name, @Nullable String value, boolean secret) {
        var pointer = pointer(name);
        if (!nameAllowed(name)) {
            findings.add(pointer, "a detail's name must have 1 to 255 printable characters", name);
        }
        if (value == null) {
            return;
        }
        if (value.length() > MOST_IN_VALUE) {
            findings.add(
                    pointer,
                    "must have at most " + MOST_IN_VALUE + " characters, not " + value.length(),
                    secret ? null : Cut.to(100, SecretUrls.masked(value)));
        } else if (value.codePoints().anyMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE)) {
            findings.add(pointer, "must be Unicode text without NUL", secret ? null : SecretUrls.masked(value));
        }
    }

    static void checkCount(Findings findings, Collection<String> names) {
        if (names.size() > MOST_PER_OWNER) {
            findings.add("/details", "must be at most " + MOST_PER_OWNER + " details", names.size());
        }
    }

    static void checkTotal(
            Findings findings, Map<String, DetailRepository.Row> stored, Map<String, @Nullable String> changes) {
        long characters = 0;
        for (var row : stored.values()) {
            characters += changes.containsKey(row.name())
                    ? 0
                    : row.name().length() + row.val().length();
        }
        for (var change : changes.entrySet()) {
            var value = change.getValue();
            characters += value == null ? 0 : change.getKey().length() + value.length();
        }
        if (characters > MOST_IN_ALL) {
            findings.add("/details", "must be at most " + MOST_IN_ALL + " characters in all", characters);
        }
    }

    static void refuseMaskedUrl(Findings findings, String name, String value) {
        findings.add(
                pointer(name),
                "has '" + SecretNames.MASK
                        + "' in place of credentials; give them, or the stored URL unchanged to keep them",
                value);
    }

    static void refuseMask(Findings findings, String name) {
        findings.add(
                pointer(name),
                "'" + SecretNames.MASK + "' keeps a secret that is stored, and none is stored under this name",
                SecretNames.MASK);
    }

    /** Where a detail of this name stands in a body, as a JSON pointer. */
    static String pointer(String name) {
        return "/details" + Violation.step(name);
    }

    private static boolean nameAllowed(String name) {
        return !name.isEmpty()
                && name.length() <= MOST_IN_NAME
                && name.codePoints().allMatch(DetailRules::printable);
    }

    private static boolean printable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
