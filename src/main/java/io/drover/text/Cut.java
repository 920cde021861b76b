package io.drover.text;

import java.util.regex.Pattern;

/**
 * Cuts texts that are too long to be kept or shown. A cut never parts a character from its other half or leaves a piece of a
 * masked secret; it is said in the text, with how much there was. Lengths are Java's, in UTF-16 units.
 */
public final class Cut {
    /** Where the whole of what an action's program has said is found. */
    public static final String IN_RECORD = "more is on the action's record";

    /** What stands in the place of a secret. */
    private static final String MASK = "******";

    /** What this class has put at the end of a text. */
    private static final Pattern SAID = Pattern.compile("… \\(of \\d{1,10} characters(; [^()]{1,100})?\\)\\z");

    private static final char REPLACEMENT = '\uFFFD';

    private Cut() {}

    /** The text if it is no longer than {@code most}, else its beginning and how long it is, together no longer than that. */
    public static String to(int most, String text) {
        return to(most, text, "");
    }

    /**
     * The same, and it says where to look for the rest.
     *
     * @param where a few words; empty where there is nothing
     */
    public static String to(int most, String text, String where) {
        if (text.length() <= most) {
            return text;
        }
        var before = SAID.matcher(text);
        var said = before.find() ? before.group() : "… (of " + text.length() + " characters" + rest(where) + ")";
        return text.substring(0, end(text, Math.max(0, most - said.length()))) + said;
    }

    private static String rest(String where) {
        return where.isEmpty() ? "" : "; " + where;
    }

    /**
     * The text if it is no longer than {@code most}, else its head and its tail, together no longer than that, and between
     * them what says how much is missing.
     *
     * @param around what stands before and after that: a line end, or a blank
     */
    public static String middle(int most, String text, String around) {
        if (text.length() <= most) {
            return text;
        }
        int half = most / 2;
        int head = end(text, half);
        int tail = start(text, text.length() - half);
        return text.substring(0, head) + around + "[... " + (tail - head) + " characters left out ...]" + around
                + text.substring(tail);
    }

    /** The beginning of the text, with nothing that says so; for where that is told beside it. */
    public static String beginning(int most, String text) {
        return text.length() <= most ? text : text.substring(0, end(text, most));
    }

    /** The text with U+FFFD for what no database or reader takes: halves of characters, and NUL. */
    public static String clean(String text) {
        if (text.chars().noneMatch(each -> each == 0 || Character.isSurrogate((char) each))) {
            return text;
        }
        var clean = new StringBuilder(text);
        for (int i = 0; i < clean.length(); i++) {
            if (isPair(clean, i)) {
                i++;
            } else if (clean.charAt(i) == 0 || Character.isSurrogate(clean.charAt(i))) {
                clean.setCharAt(i, REPLACEMENT);
            }
        }
        return clean.toString();
    }

    private static boolean isPair(CharSequence text, int at) {
        return at + 1 < text.length() && Character.isSurrogatePair(text.charAt(at), text.charAt(at + 1));
    }

    /** The last place up to this one where the text can be parted. */
    private static int end(String text, int wanted) {
        int end = wanted - inMask(text, wanted);
        return end > 0 && isPair(text, end - 1) ? end - 1 : end;
    }

    /** The first place from this one on where the text can be parted. */
    private static int start(String text, int wanted) {
        int inside = inMask(text, wanted);
        int start = inside == 0 ? wanted : wanted - inside + MASK.length();
        return start > 0 && isPair(text, start - 1) ? start + 1 : start;
    }

    /** How many characters of a mask are before this place, if it is inside one. */
    private static int inMask(String text, int place) {
        for (int before = 1; before < MASK.length() && before <= place; before++) {
            if (text.startsWith(MASK, place - before) && starsBefore(text, place) % MASK.length() == before) {
                return before;
            }
        }
        return 0;
    }

    private static int starsBefore(String text, int place) {
        int at = place;
        while (at > 0 && text.charAt(at - 1) == '*') {
            at--;
        }
        return place - at;
    }
}
