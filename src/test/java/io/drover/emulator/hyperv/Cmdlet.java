package io.drover.emulator.hyperv;

import java.util.List;
import java.util.Set;

/** A cmdlet with the parameters it takes; those that end with + are switches. */
record Cmdlet(String name, Set<String> parameters, Set<String> switches, Work work) {

    /** What it does with its arguments and its input, and what comes out. */
    interface Work {
        List<?> run(Arguments arguments);
    }

    static Cmdlet of(String name, String parameters, Work work) {
        var words = parameters.isEmpty() ? List.<String>of() : List.of(parameters.split(" "));
        return new Cmdlet(
                name,
                Set.copyOf(words.stream().filter(word -> !word.endsWith("+")).toList()),
                Set.copyOf(words.stream()
                        .filter(word -> word.endsWith("+"))
                        .map(word -> word.substring(0, word.length() - 1))
                        .toList()),
                work);
    }
}
