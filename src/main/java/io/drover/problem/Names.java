package io.drover.problem;

import java.util.UUID;
import java.util.regex.Pattern;

/** The rule for every name a person gives: safe as a file name, as part of a URL, and never mistaken for an id. */
public final class Names {

    /** Letters, digits, {@code . _ -}, at most 63, beginning with a letter or digit. */
    public static final String RULE = "[A-Za-z0-9][A-Za-z0-9._-]{0,62}";

    private static final String WORDS =
            "must have 1 to 63 letters, digits or . _ -, begin with a letter or digit, and not be a UUID";

    private static final Pattern PATTERN = Pattern.compile(RULE);
    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private Names() {}

    /**
     * Checks a name given at {@code pointer}.
     *
     * @throws ProblemException when it is missing, has other characters, or looks like an id
     */
    public static String check(String pointer, @org.jspecify.annotations.Nullable String name) {
        if (name == null) {
            throw ProblemException.invalid(pointer, "is missing; it " + WORDS, null);
        }
        if (!PATTERN.matcher(name).matches() || isId(name)) {
            throw ProblemException.invalid(pointer, WORDS, name);
        }
        return name;
    }

    /** Whether a reference can be the id or the name of anything; what cannot need not be looked up. */
    public static boolean canRefer(String reference) {
        return PATTERN.matcher(reference).matches();
    }

    /** Whether a reference is an id rather than a name. */
    public static boolean isId(String reference) {
        return ID.matcher(reference).matches();
    }

    /** The id that a reference is, or a random one that nothing has, so that lookups by it find nothing. */
    public static UUID idOrNone(String reference) {
        return isId(reference) ? UUID.fromString(reference) : UUID.randomUUID();
    }
}
