package io.drover.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.extension.wire.Outcome;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether a VM is gone, as far as the extension can be made to tell: status must say the same as of a VM that never was,
 * statuses must not name it, and where status says off of what never was, it must not be possible to start it.
 */
final class Absence {
    private static final String STATUS = "status";
    private static final String ON = "poweron";

    private final Supplier<Scenario> scenarios;
    private final Outside outside;
    private final boolean starts;
    private final Findings findings;
    private @Nullable Sight ofNobody;

    /**
     * @param scenarios makes one for a new VM
     * @param starts whether start may be asked
     */
    Absence(Supplier<Scenario> scenarios, Outside outside, boolean starts, Findings findings) {
        this.scenarios = scenarios;
        this.outside = outside;
        this.starts = starts;
        this.findings = findings;
    }

    /** What tells that a VM is there. */
    record Trace(String message, Call call) {}

    /** What status says of a VM. */
    private record Sight(String power, boolean marked) {
        private static final Set<String> NOTHING = Set.of("", "unknown", "powerunknown");

        static Sight of(Scenario.Step step) {
            JsonNode body = step.outcome() instanceof Outcome.Succeeded succeeded ? succeeded.body() : null;
            return body == null
                    ? new Sight("", false)
                    : new Sight(
                            body.path("power_state").asText().strip().toLowerCase(Locale.ROOT),
                            body.hasNonNull("uuid"));
        }

        boolean isThere() {
            return marked || !NOTHING.contains(power);
        }
    }

    /** The VM must be gone. */
    void holds(Scenario life, Check check) {
        findings.made(check);
        var trace = trace(life);
        if (trace != null) {
            findings.fail(check, trace.message() + ", but " + trace.call().told(), trace.call());
        }
    }

    /** What is seen of the VM; null when it is gone, or cannot be told from one that never was. */
    @Nullable
    Trace trace(Scenario life) {
        var step = life.ask(STATUS, life.payload(STATUS));
        var seen = Sight.of(step);
        if (seen.power().equals(ON)) {
            return new Trace("the VM is gone, so status must not answer poweron here", step.call());
        }
        if (seen.isThere() && !nobody().isThere()) {
            var same = nobody().power().isEmpty() ? "nothing" : nobody().power();
            return new Trace(
                    "the VM is gone, so status must say the same as of one that never was, which is " + same,
                    step.call());
        }
        var view = outside.look(life);
        if (view != null && view.power().containsKey(life.vm().name())) {
            return new Trace(
                    "the VM is gone, so statuses must not name " + life.vm().name() + " here", view.call());
        }
        return view == null && seen.isThere() && starts ? started(life) : null;
    }

    private Sight nobody() {
        var known = ofNobody;
        if (known == null) {
            var life = scenarios.get();
            known = Sight.of(life.ask(STATUS, life.payload(STATUS)));
            ofNobody = known;
        }
        return known;
    }

    /** Whatever is started is deleted. */
    private @Nullable Trace started(Scenario life) {
        var step = life.ask("start", life.payload("start"));
        if (!step.succeeded()) {
            return null;
        }
        var never = scenarios.get();
        boolean any = never.ask("start", never.payload("start")).succeeded();
        never.ask("delete", never.payload("delete"));
        life.ask("delete", life.payload("delete"));
        return any
                ? null
                : new Trace("the VM is gone, so start must be refused as for one that never was", step.call());
    }
}
