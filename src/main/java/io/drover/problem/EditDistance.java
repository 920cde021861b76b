package io.drover.problem;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** How many letters one must change to get from one word to another (Levenshtein). */
public final class EditDistance {
    private EditDistance() {}

    /** The one of the names there are that somebody will have meant; empty when none is near. */
    public static Optional<String> nearest(String given, Collection<String> names) {
        var word = given.toLowerCase(Locale.ROOT);
        return names.stream()
                .min(Comparator.comparingInt(name -> between(word, name.toLowerCase(Locale.ROOT))))
                .filter(name -> between(word, name.toLowerCase(Locale.ROOT)) <= Math.max(1, given.length() / 2));
    }

    /** The end of a sentence that refuses a name: {@code ; did you mean NAME?}, or nothing where none is near. */
    public static String hint(String given, Collection<String> names) {
        return nearest(given, names)
                .map(known -> "; did you mean " + known + "?")
                .orElse("");
    }

    private static int between(String one, String other) {
        var row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            var diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                var changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
