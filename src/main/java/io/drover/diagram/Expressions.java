package io.drover.diagram;

import org.jspecify.annotations.Nullable;

/**
 * Reads expressions such as {@code ${size > 4 && not approved}}. They reach variables: no methods, no functions, no objects
 * of the engine's.
 */
final class Expressions {
    private Expressions() {}

    /** Whether a text has an expression in it. */
    static boolean isIn(String text) {
        return text.contains("${") || text.contains("#{");
    }

    /** Whether a text is one expression and nothing else. */
    static boolean isOne(String text) {
        return (text.startsWith("${") || text.startsWith("#{")) && end(text, 2) == text.length() - 1;
    }

    /** What is wrong with the expressions in a text, null when nothing is. */
    static @Nullable String fault(String text) {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\\') {
                at++;
            } else if ((c == '$' || c == '#') && text.startsWith("{", at + 1)) {
                int end = end(text, at + 2);
                if (end < 0) {
                    return "has no } at its end";
                }
                try {
                    new ExpressionReader(text.substring(at + 2, end)).read();
                } catch (ExpressionReader.Wrong e) {
                    return String.valueOf(e.getMessage());
                }
                at = end;
            }
        }
        return null;
    }

    /** Where the brace is that closes an expression, negative without one. */
    private static int end(String text, int from) {
        for (int at = from; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '}') {
                return at;
            }
            if (c == '\'' || c == '"') {
                at = closing(text, at);
            }
        }
        return -1;
    }

    private static int closing(String text, int quote) {
        for (int at = quote + 1; at < text.length(); at++) {
            if (text.charAt(at) == '\\') {
                at++;
            } else if (text.charAt(at) == text.charAt(quote)) {
                return at;
            }
        }
        return text.length();
    }
}
