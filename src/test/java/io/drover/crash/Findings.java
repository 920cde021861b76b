package io.drover.crash;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What was found: violations of what Drover promises, each with its evidence, and figures. */
final class Findings {
    private final List<String> violations = new ArrayList<>();
    private final Map<String, Long> figures = new TreeMap<>();

    synchronized void violation(String what) {
        violations.add(what);
        say("VIOLATION " + what);
    }

    synchronized void count(String figure) {
        figures.merge(figure, 1L, Long::sum);
    }

    synchronized void figure(String figure, long value) {
        figures.put(figure, value);
    }

    synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    synchronized String figures() {
        var lines = new StringBuilder();
        figures.forEach((name, value) -> lines.append("  %-60s %d%n".formatted(name, value)));
        return lines.toString();
    }

    /** Tells whoever watches. */
    @SuppressWarnings("SystemOut") // a run takes an hour; its output is its log
    static void say(String line) {
        System.out.println(Instant.now() + " " + line);
    }
}
