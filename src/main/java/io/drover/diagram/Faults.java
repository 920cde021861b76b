package io.drover.diagram;

import io.drover.text.Cut;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with one diagram. */
final class Faults {
    private static final int LONGEST = 1200;

    /** Nobody reads so many, and looking for those that are known takes longer with each. */
    private static final int MOST = 1000;

    private final List<Fault> found = new ArrayList<>();

    void add(Node where, String message) {
        add(new Fault(where.line(), where.nearestId(), shortened(message)));
    }

    /** Something that the schema says, unless a sentence of ours is about the same line. */
    void addUnlessKnown(int line, String element, String message) {
        if (found.size() < MOST && found.stream().noneMatch(known -> known.line() == line)) {
            add(new Fault(line, element, shortened(message)));
        }
    }

    private void add(Fault fault) {
        if (found.size() < MOST) {
            found.add(fault);
        }
    }

    /** Without the middle of what is very long, since a value may be as long as a file. */
    private static String shortened(String message) {
        return Cut.middle(LONGEST, message, " ");
    }

    /** All by line, each once. */
    List<Fault> sorted() {
        return found.stream()
                .distinct()
                .sorted(Comparator.comparingInt(Fault::line))
                .toList();
    }
}
