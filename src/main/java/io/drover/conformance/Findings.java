package io.drover.conformance;

import io.drover.conformance.CheckResult.Finding;
import io.drover.conformance.CheckResult.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Collects what the checks find. */
final class Findings {
    private static final int MOST = 5;

    private final Map<Check, Outcome> outcomes = new EnumMap<>(Check.class);
    private final Map<Check, List<Finding>> found = new EnumMap<>(Check.class);
    private final Causes causes = new Causes();

    /** Notes that a check was made; it has passed unless something is found. */
    void made(Check check) {
        raise(check, Outcome.PASSED);
    }

    void fail(Check check, String message, @Nullable Call call) {
        add(check, Outcome.FAILED, message, call);
        causes.add(check, call == null ? message : call.masked(message), call);
    }

    void warn(Check check, String message, @Nullable Call call) {
        add(check, Outcome.WARNING, message, call);
    }

    /** Says why a check was not made, unless it was. */
    void skip(Check check, String why) {
        if (outcomes.putIfAbsent(check, Outcome.SKIPPED) == null) {
            found.put(check, List.of(new Finding(Outcome.SKIPPED, why, null, null)));
        }
    }

    boolean failed(Check check) {
        return outcomes.get(check) == Outcome.FAILED;
    }

    /** What is behind the failures, the worst first; empty where none has failed. */
    List<Cause> causes(UnaryOperator<String> masked) {
        return causes.found(masked);
    }

    /** How the checks came out, without what is masked. */
    List<CheckResult> results(UnaryOperator<String> masked) {
        List<CheckResult> results = new ArrayList<>();
        for (var check : Check.values()) {
            skip(check, "level " + check.level().wireName() + " and more, where it applies");
            var findings = new ArrayList<Finding>();
            found.getOrDefault(check, List.of()).forEach(finding -> findings.add(finding.masked(masked)));
            findings.sort(Comparator.comparing(Finding::outcome).reversed());
            results.add(
                    new CheckResult(check.id(), check.title(), Objects.requireNonNull(outcomes.get(check)), findings));
        }
        return results;
    }

    private void add(Check check, Outcome outcome, String message, @Nullable Call call) {
        raise(check, outcome);
        var findings = found.computeIfAbsent(check, key -> new ArrayList<>());
        if (findings.size() < MOST) {
            findings.add(
                    call == null
                            ? new Finding(outcome, message, null, null)
                            : new Finding(outcome, call.masked(message), call.command(), call.payloadShown()));
        }
    }

    private void raise(Check check, Outcome outcome) {
        if (outcomes.get(check) == Outcome.SKIPPED) {
            found.remove(check);
        }
        outcomes.merge(check, outcome, (one, other) -> one.compareTo(other) >= 0 ? one : other);
    }
}
