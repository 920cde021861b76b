package io.drover.diagram;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with one diagram. */
final class Faults {
    private final List<Fault> found = new ArrayList<>();

    void add(Node where, String message) {
        found.add(new Fault(where.line(), where.nearestId(), message));
    }

    /** Something that the schema says, unless a sentence of ours is about the same line. */
    void addUnlessKnown(int line, String element, String message) {
        if (found.stream().noneMatch(known -> known.line() == line)) {
            found.add(new Fault(line, element, message));
        }
    }

    /** All by line, each once. */
    List<Fault> sorted() {
        return found.stream()
                .distinct()
                .sorted(Comparator.comparingInt(Fault::line))
                .toList();
    }
}
