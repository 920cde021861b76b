package io.drover.extension.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Finds names with their values in text that has JSON in it but is none, such as lines of a log. */
final class JsonPieces {
    private static final int LONGEST_NAME = 255;
    private static final ObjectReader STRINGS = new ObjectMapper().readerFor(String.class);

    private final String text;
    private final StringBuilder replaced = new StringBuilder();
    private int done;

    private JsonPieces(String text) {
        this.text = text;
    }

    /** The text with another value for each text or number under such a name; the replacement is given it unescaped. */
    static String replace(String text, Predicate<String> names, UnaryOperator<String> replacement) {
        if (text.indexOf('"') < 0) {
            return text;
        }
        var pieces = new JsonPieces(text);
        pieces.all(names, replacement);
        return pieces.done == 0
                ? text
                : pieces.replaced.append(text, pieces.done, text.length()).toString();
    }

    private void all(Predicate<String> names, UnaryOperator<String> replacement) {
        int quote = text.indexOf('"');
        while (quote >= 0) {
            int end = text.indexOf('"', quote + 1);
            if (end < 0) {
                return;
            }
            int value = end - quote - 1 > LONGEST_NAME ? -1 : valueAfter(end + 1);
            if (value >= 0 && names.test(name(quote + 1, end))) {
                end = value(value, replacement);
                quote = text.indexOf('"', end);
            } else {
                quote = end;
            }
        }
    }

    /** A name may be inside a text of JSON itself, and its quotes escaped. */
    private String name(int from, int to) {
        return text.substring(from, text.charAt(to - 1) == '\\' ? Math.max(to - 1, from) : to);
    }

    private int valueAfter(int at) {
        int pos = blanks(at);
        return pos < text.length() && text.charAt(pos) == ':' ? blanks(pos + 1) : -1;
    }

    private int blanks(int at) {
        int pos = at;
        while (pos < text.length() && Character.isWhitespace(text.charAt(pos))) {
            pos++;
        }
        return pos;
    }

    /** Replaces the value and says where it ends. */
    private int value(int from, UnaryOperator<String> replacement) {
        if (text.startsWith("\\\"", from)) {
            return escaped(from + 2, replacement);
        }
        boolean quoted = from < text.length() && text.charAt(from) == '"';
        int begin = quoted ? from + 1 : from;
        int end = quoted ? closing(begin) : numberEnd(begin);
        if (end > begin) {
            var value = text.substring(begin, end);
            replaced.append(text, done, from).append('"');
            replaced.append(replacement.apply(quoted ? unescaped(value) : value))
                    .append('"');
            done = quoted ? Math.min(end + 1, text.length()) : end;
        }
        return Math.max(quoted ? end + 1 : end, from);
    }

    private int escaped(int from, UnaryOperator<String> replacement) {
        int close = text.indexOf("\\\"", from);
        if (close <= from) {
            return from;
        }
        replaced.append(text, done, from).append(replacement.apply(unescaped(text.substring(from, close))));
        done = close;
        return close + 2;
    }

    private int closing(int from) {
        int pos = from;
        while (pos < text.length() && text.charAt(pos) != '"') {
            pos += text.charAt(pos) == '\\' ? 2 : 1;
        }
        return Math.min(pos, text.length());
    }

    private int numberEnd(int from) {
        int pos = from;
        while (pos < text.length() && "0123456789.eE+-".indexOf(text.charAt(pos)) >= 0) {
            pos++;
        }
        return pos;
    }

    private static String unescaped(String value) {
        try {
            return value.indexOf('\\') < 0 ? value : STRINGS.readValue('"' + value + '"');
        } catch (JsonProcessingException e) {
            return value;
        }
    }
}
