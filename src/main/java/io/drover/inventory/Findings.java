package io.drover.inventory;

import io.drover.problem.Names;
import io.drover.problem.ProblemException;
import io.drover.problem.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Collects everything that is wrong with one request, so that all of it is said at once. */
final class Findings {
    private final List<Violation> violations = new ArrayList<>();

    void add(String pointer, String message, @Nullable Object value) {
        violations.add(new Violation(pointer, message, value));
    }

    void addAll(List<Violation> others) {
        violations.addAll(others);
    }

    /** Runs a check that refuses by exception and keeps what it found wrong. */
    void gather(Runnable check) {
        try {
            check.run();
        } catch (ProblemException refusal) {
            if (refusal.violations().isEmpty()) {
                throw refusal;
            }
            violations.addAll(refusal.violations());
        }
    }

    void name(@Nullable String name) {
        gather(() -> Names.check("/name", name));
    }

    void range(String pointer, @Nullable Integer value, int least, int most) {
        if (value == null || value < least || value > most) {
            add(pointer, missing(value) + "must be a whole number from " + least + " to " + most, value);
        }
    }

    void text(String pointer, @Nullable String value, int most) {
        if (value != null
                && (value.length() > most || value.chars().anyMatch(c -> c < ' ' && c != '\n' && c != '\t'))) {
            add(pointer, "must have at most " + most + " characters and no control characters", value);
        }
    }

    /** What a reference names; a finding and null when it is missing or names nothing. */
    <T> @Nullable T known(
            String pointer, String thing, @Nullable String reference, Function<String, Optional<T>> lookup) {
        if (reference == null || reference.isEmpty()) {
            add(pointer, missing(reference) + "must be the name or id of a " + thing, reference);
            return null;
        }
        var found = lookup.apply(reference);
        if (found.isEmpty()) {
            add(pointer, "there is no " + thing + " of this name or id", reference);
        }
        return found.orElse(null);
    }

    private static String missing(@Nullable Object value) {
        return value == null ? "is missing; it " : "";
    }

    boolean isEmpty() {
        return violations.isEmpty();
    }

    List<Violation> all() {
        return List.copyOf(violations);
    }

    /** Refuses the request if anything is wrong with it. */
    void refuse() {
        if (!violations.isEmpty()) {
            throw ProblemException.invalid(all());
        }
    }
}
