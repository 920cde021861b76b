package io.drover.log;

/** Text from elsewhere as it may stand in a line of a log or of the ledger. */
public final class LogText {
    private LogText() {}

    /**
     * The text with everything that could begin a line, steer a terminal or turn the direction of writing told by its number,
     * e.g. {@code \n} or {@code \u001b}; a tab stays.
     */
    public static String oneLine(String text) {
        var first = firstUnsafe(text);
        if (first < 0) {
            return text;
        }
        var escaped = new StringBuilder(text.length() + 16).append(text, 0, first);
        for (int i = first; i < text.length(); i++) {
            var each = text.charAt(i);
            if (!isUnsafe(each)) {
                escaped.append(each);
            } else if (each == '\n') {
                escaped.append("\\n");
            } else if (each == '\r') {
                escaped.append("\\r");
            } else {
                escaped.append(String.format("\\u%04x", (int) each));
            }
        }
        return escaped.toString();
    }

    private static int firstUnsafe(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isUnsafe(text.charAt(i))) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isUnsafe(char each) {
        return each != '\t'
                && (Character.isISOControl(each)
                        || each == '\u2028'
                        || each == '\u2029'
                        || each == '\u061c'
                        || each == '\u200e'
                        || each == '\u200f'
                        || each >= '\u202a' && each <= '\u202e'
                        || each >= '\u2066' && each <= '\u2069'
                        || each == '\ufeff');
    }
}
