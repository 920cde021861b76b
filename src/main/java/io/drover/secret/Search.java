package io.drover.secret;

import io.drover.secret.Pattern.Kind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One look for secrets through one text. */
final class Search {
    /** So many steps for each character are enough for any text that nobody has made to be slow. */
    private static final long STEPS_PER_CHARACTER = 500;

    private static final long STEPS_AT_LEAST = 1_000_000;

    private final String text;
    private final Escapes escapes;
    private final BitSet firsts;
    private final Map<Long, List<Pattern>> beginnings;
    private final LineBreaks breaks;
    private final Readings first = new Readings();
    private final Readings second = new Readings();
    private final Readings next = new Readings();
    private final Places continuations = new Places();
    private Places current = new Places();
    private Places following = new Places();
    private long steps;

    Search(String text, BitSet firsts, Map<Long, List<Pattern>> beginnings) {
        this.text = text;
        this.escapes = new Escapes(text);
        this.breaks = new LineBreaks(text);
        this.firsts = firsts;
        this.beginnings = beginnings;
        this.steps = STEPS_AT_LEAST + STEPS_PER_CHARACTER * text.length();
    }

    /** Whether it was given up. */
    boolean exhausted() {
        return steps < 0;
    }

    /** The places that have secrets, from and to, in order. */
    List<int[]> all() {
        List<int[]> found = new ArrayList<>();
        int done = 0;
        for (int at = 0; at < text.length() && steps >= 0; at++) {
            char c = text.charAt(at);
            if (!Escapes.leads(c) && !Character.isSurrogate(c) && !firsts.get(c + 1)) {
                continue;
            }
            var place = longest(at, done);
            if (place != null) {
                if (!found.isEmpty() && found.get(found.size() - 1)[1] >= place[0]) {
                    found.get(found.size() - 1)[1] = place[1];
                } else {
                    found.add(place);
                }
                done = place[1];
                at = done - 1;
            }
        }
        return found;
    }

    private int @Nullable [] longest(int at, int done) {
        int from = at;
        int to = -1;
        first.clear();
        escapes.read(at, first);
        for (int i = 0; i < first.size(); i++) {
            int character = first.character(i);
            if (firsts.get(character + 1)) {
                for (var pattern : candidates(character, first.end(i))) {
                    int end = end(pattern, at);
                    if (end > to && (pattern.kind() != Kind.WORD || standsAlone(at, end))) {
                        boolean run = pattern.kind() == Kind.BASE64;
                        to = Math.max(to, run ? Base64Run.end(text, end) : end);
                        from = run ? Math.min(from, Base64Run.start(text, at, done)) : from;
                    }
                }
            }
        }
        return to < 0 ? null : new int[] {from, to};
    }

    private List<Pattern> candidates(int character, int at) {
        List<Pattern> found = new ArrayList<>(2);
        addCandidates(found, character, at);
        breaks.find(at, continuations);
        for (int i = 0; i < continuations.size(); i++) {
            addCandidates(found, character, continuations.get(i));
        }
        return found;
    }

    private void addCandidates(List<Pattern> found, int character, int at) {
        if (at < text.length()) {
            second.clear();
            escapes.read(at, second);
            for (int i = 0; i < second.size(); i++) {
                found.addAll(beginnings.getOrDefault(SecretText.key(character, second.character(i)), List.of()));
            }
        }
    }

    /** Where the longest spelling of the pattern ends that begins here; -1 when none does. */
    private int end(Pattern pattern, int at) {
        current.clear();
        current.add(at);
        for (int index = 0; index < pattern.length(); index++) {
            following.clear();
            for (int i = 0; i < current.size(); i++) {
                step(pattern, index, current.get(i));
            }
            if (following.size() == 0) {
                return -1;
            }
            var spent = current;
            current = following;
            following = spent;
        }
        return current.greatest();
    }

    private void step(Pattern pattern, int index, int at) {
        steps--;
        take(pattern, index, at);
        if (index == 0) {
            return;
        }
        boolean atBreak = pattern.characters()[index] == '\n';
        if (atBreak) {
            following.add(at);
        }
        breaks.find(at, continuations);
        for (int i = 0; i < continuations.size(); i++) {
            take(pattern, index, continuations.get(i));
            if (atBreak) {
                following.add(continuations.get(i));
            }
        }
        if (pattern.kind() == Kind.HEX && index % 2 == 0 && breaks.skip(at, " :-,", 1) > at) {
            take(pattern, index, at + 1);
        }
    }

    private void take(Pattern pattern, int index, int at) {
        if (at >= text.length()) {
            return;
        }
        char c = text.charAt(at);
        if (!Escapes.leads(c) && !Character.isSurrogate(c)) {
            if (pattern.takes(index, c)) {
                following.add(at + 1);
            }
            return;
        }
        next.clear();
        escapes.read(at, next);
        for (int i = 0; i < next.size(); i++) {
            if (pattern.takes(index, next.character(i))) {
                following.add(next.end(i));
            }
        }
    }

    private boolean standsAlone(int from, int to) {
        boolean before = from > 0 && isWord(text.charAt(from - 1)) && (from < 2 || text.charAt(from - 2) != '\\');
        return !before && (to >= text.length() || !isWord(text.charAt(to)));
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }
}
