package io.drover.problem;

import org.jspecify.annotations.Nullable;

/**
 * One thing wrong with a request.
 *
 * @param pointer where, as a JSON pointer (RFC 6901) into the body, or {@code ?name} for a query parameter
 * @param message what is wrong and what is allowed
 * @param value the offending value as it was sent, null where there was none or where it is a secret
 */
public record Violation(
        String pointer, String message, @Nullable Object value) {

    /** A name as a step of a JSON pointer (RFC 6901). */
    public static String step(String name) {
        return "/" + name.replace("~", "~0").replace("/", "~1");
    }
}
