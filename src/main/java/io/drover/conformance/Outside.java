package io.drover.conformance;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The VMs that there are outside, by what statuses says. */
final class Outside {
    private static final String STATUSES = "statuses";
    private static final Set<String> PLACES = Set.of("/power_state", "/result/power_state");

    private final boolean tells;
    private final Findings findings;
    private @Nullable Map<String, String> before;

    /** @param tells whether statuses may be asked */
    Outside(boolean tells, Findings findings) {
        this.tells = tells;
        this.findings = findings;
    }

    /** What was seen, and the call by which it was. */
    record View(Map<String, String> power, Call call) {}

    /** The VMs by name; null where the extension does not tell. */
    @Nullable
    View look(Scenario life) {
        if (!tells) {
            return null;
        }
        var step = life.ask(STATUSES, life.payload(STATUSES));
        return step.succeeded() ? new View(names(step.call()), step.call()) : null;
    }

    /** Remembers what is there before anything is made. */
    void remember(Scenario life) {
        var view = look(life);
        before = view == null ? null : view.power();
    }

    /** All must be there that was before, and nothing else. */
    void compare(Scenario life) {
        var was = before;
        var view = was == null ? null : look(life);
        if (was == null || view == null) {
            findings.skip(
                    Check.OUTSIDE, tells ? "statuses did not answer" : "it has no statuses, or must not be asked");
            return;
        }
        findings.made(Check.OUTSIDE);
        var left = named(view.power(), was.keySet());
        if (!left.isEmpty()) {
            var message =
                    "there is left behind: " + left + ". What is named i-2-<nine digits>-VM is of the kit's making";
            findings.fail(Check.OUTSIDE, message, view.call());
        }
        var lost = named(was, view.power().keySet());
        if (!lost.isEmpty()) {
            findings.fail(Check.OUTSIDE, "there was before and is no more: " + lost, view.call());
        }
        var other = was.entrySet().stream()
                .filter(vm -> !vm.getValue().equals(view.power().getOrDefault(vm.getKey(), vm.getValue())))
                .map(vm -> vm.getKey() + " (was " + vm.getValue() + ", is "
                        + view.power().get(vm.getKey()) + ")")
                .collect(Collectors.joining(", "));
        if (!other.isEmpty()) {
            findings.warn(
                    Check.OUTSIDE, "these VMs, which are not the kit's, have other power now: " + other, view.call());
        }
    }

    /** What is in the second view and not in the first; empty where either is missing. */
    static String added(@Nullable View first, @Nullable View second) {
        return first == null || second == null
                ? ""
                : named(second.power(), first.power().keySet());
    }

    private static String named(Map<String, String> power, Set<String> except) {
        return power.entrySet().stream()
                .filter(vm -> !except.contains(vm.getKey()))
                .map(vm -> vm.getKey() + " (" + vm.getValue() + ")")
                .collect(Collectors.joining(", "));
    }

    /** A name that is there twice is so here, too, which it would not be in a tree. */
    private static Map<String, String> names(Call call) {
        Map<String, String> names = new TreeMap<>();
        try (var parser = new JsonFactory().createParser(call.output())) {
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                var place = parser.getParsingContext().pathAsPointer();
                if (token == JsonToken.VALUE_STRING && PLACES.contains(String.valueOf(place.head()))) {
                    var name = place.last().getMatchingProperty();
                    var power = parser.getText().strip().toLowerCase(java.util.Locale.ROOT);
                    names.put(names.containsKey(name) ? name + ", once more" : name, power);
                }
            }
        } catch (IOException e) {
            return names;
        }
        return names;
    }
}
