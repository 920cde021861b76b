package io.drover.secret;

import io.drover.secret.Pattern.Kind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes secrets out of text in every spelling that {@link Spellings} and {@link Escapes} know. It takes time in proportion to
 * the text, however many secrets there are: a place is looked at closely only where it begins like one of them.
 *
 * <p>Secrets may be looked for by several threads, but not while one is learned.
 */
public final class SecretText {
    /** What stands where a secret was. */
    public static final String MASK = "******";

    private static final String WITHHELD = "(withheld: too many secrets)";

    /** Looking for more than this in one text would take too long. */
    private static final int MOST = 5000;

    /** Parts shorter than this tell too little. */
    private static final int SHORTEST_PART = 4;

    /** Off only in a test that shows what would be found without. */
    private static volatile boolean off;

    private final Set<String> values = new HashSet<>();
    private final Set<String> parts = new HashSet<>();
    private final BitSet firsts = new BitSet();
    private final Map<Long, List<Pattern>> beginnings = new HashMap<>();

    static void switchOff(boolean wanted) {
        off = wanted;
    }

    /** What is told in place of a value that is secret as a whole. */
    public static String instead(String value) {
        return off ? value : MASK;
    }

    static boolean isOff() {
        return off;
    }

    /** Whether so short a secret can be found only where it stands by itself. */
    public static boolean isShort(String value) {
        return Spellings.isShort(value);
    }

    /** Looks for this value from now on, unless it is a word such as {@code true} that says nothing. */
    public void learn(String value) {
        if (Spellings.common(value) || !values.add(value)) {
            return;
        }
        var patterns = Spellings.of(value);
        patterns.forEach(this::add);
        patterns.stream()
                .filter(pattern -> pattern.kind() != Kind.WORD)
                .forEach(pattern -> parts.add(new String(pattern.characters(), 0, pattern.length())));
    }

    /** The text with {@value #MASK} for each secret. */
    public String mask(String text) {
        if (off || values.isEmpty() || text.isEmpty()) {
            return text;
        }
        if (values.size() > MOST) {
            return WITHHELD;
        }
        var search = new Search(text, firsts, beginnings);
        List<int[]> found = search.all();
        if (search.exhausted()) {
            return WITHHELD;
        }
        if (found.isEmpty()) {
            return text;
        }
        var masked = new StringBuilder(text.length());
        int done = 0;
        for (var place : found) {
            masked.append(text, done, place[0]).append(MASK);
            done = place[1];
        }
        return masked.append(text, done, text.length()).toString();
    }

    /**
     * The text with {@value #MASK} for parts of secrets that are beside a cut: a secret that something was dropped of.
     *
     * @param cut what stands where something was dropped
     */
    public String maskBesideCut(String text, java.util.regex.Pattern cut) {
        var place = cut.matcher(text);
        if (off || !place.find()) {
            return text;
        }
        var head = text.substring(0, place.start());
        var tail = text.substring(place.end());
        int kept = head.length();
        int dropped = 0;
        for (var part : parts) {
            kept = Math.min(kept, head.length() - beginningAtEnd(part, head));
            dropped = Math.max(dropped, endAtBeginning(part, tail));
        }
        return head.substring(0, kept)
                + (kept < head.length() ? MASK : "")
                + place.group()
                + (dropped > 0 ? MASK : "")
                + tail.substring(dropped);
    }

    private static int beginningAtEnd(String secret, String head) {
        int length = Math.min(secret.length() - 1, head.length());
        while (length >= SHORTEST_PART && !head.regionMatches(head.length() - length, secret, 0, length)) {
            length--;
        }
        return length < SHORTEST_PART ? 0 : length;
    }

    private static int endAtBeginning(String secret, String tail) {
        int length = Math.min(secret.length() - 1, tail.length());
        while (length >= SHORTEST_PART && !tail.regionMatches(0, secret, secret.length() - length, length)) {
            length--;
        }
        return length < SHORTEST_PART ? 0 : length;
    }

    /** Whether there is a secret in the text. */
    public boolean tells(String text) {
        return !mask(text).equals(text);
    }

    /** The values that are looked for. */
    public Set<String> values() {
        return Set.copyOf(values);
    }

    private void add(Pattern pattern) {
        for (int first : alternatives(pattern, 0)) {
            firsts.set(first + 1);
            for (int second : alternatives(pattern, 1)) {
                beginnings
                        .computeIfAbsent(key(first, second), key -> new ArrayList<>())
                        .add(pattern);
            }
        }
    }

    private static List<Integer> alternatives(Pattern pattern, int index) {
        int character = pattern.characters()[index];
        List<Integer> all = new ArrayList<>(List.of(character));
        if (character > 127) {
            all.add(Escapes.UNWRITABLE);
        }
        if (pattern.kind() == Kind.HEX && Character.isLetter(character)) {
            all.add(Character.toUpperCase(character));
        }
        if (character == '\n') {
            all.addAll(List.of((int) '\r', (int) ' '));
        }
        return all;
    }

    static long key(int first, int second) {
        return (long) first << 32 ^ (second & 0xffffffffL);
    }
}
