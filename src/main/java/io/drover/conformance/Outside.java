package io.drover.conformance;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The VMs that there are outside, by what statuses says. */
final class Outside {
    private static final String STATUSES = "statuses";
    private static final Set<String> PLACES = Set.of("/power_state", "/result/power_state");

    private final boolean tells;
    private final Findings findings;
    private final Set<String> own = new HashSet<>();
    private @Nullable Map<String, String> before;

    /** @param tells whether statuses may be asked */
    Outside(boolean tells, Findings findings) {
        this.tells = tells;
        this.findings = findings;
    }

    /** Notes that a VM is of the kit's making; all others are somebody else's, who may change them meanwhile. */
    TestVm own(TestVm vm) {
        own.add(vm.name());
        return vm;
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

    /** Nothing of the kit's may be there. What other people's VMs have become meanwhile is told. */
    void compare(Scenario life) {
        var was = before;
        var view = was == null ? null : look(life);
        if (was == null || view == null) {
            findings.skip(
                    Check.OUTSIDE, tells ? "statuses did not answer" : "it has no statuses, or must not be asked");
            return;
        }
        findings.made(Check.OUTSIDE);
        added(Check.OUTSIDE, "there is left behind: ", was, view);
        var lost = named(was, name -> !view.power().containsKey(name));
        if (!lost.isEmpty()) {
            warn(Check.OUTSIDE, "there was before and is no more: " + lost, view);
        }
        var other = was.entrySet().stream()
                .filter(vm -> !vm.getValue().equals(view.power().getOrDefault(vm.getKey(), vm.getValue())))
                .map(vm -> vm.getKey() + " (was " + vm.getValue() + ", is "
                        + view.power().get(vm.getKey()) + ")")
                .collect(Collectors.joining(", "));
        if (!other.isEmpty()) {
            warn(Check.OUTSIDE, "these VMs have other power now: " + other, view);
        }
    }

    /** A second creation must not have added anything to what was seen before; nothing is said where either view is missing. */
    void added(Check check, String message, @Nullable View first, @Nullable View second) {
        if (first != null && second != null) {
            added(check, message, first.power(), second);
        }
    }

    private void added(Check check, String message, Map<String, String> first, View second) {
        var kit = named(second.power(), name -> !first.containsKey(name) && isOwn(name));
        if (!kit.isEmpty()) {
            findings.fail(check, message + kit, second.call());
        }
        var strange = named(second.power(), name -> !first.containsKey(name) && !isOwn(name));
        if (!strange.isEmpty()) {
            warn(check, "these VMs were not there before: " + strange, second);
        }
    }

    private void warn(Check check, String message, View view) {
        findings.warn(
                check,
                message + ". They do not bear the kit's names: look whether somebody else did that",
                view.call());
    }

    /** Whether a name is one of the kit's, or begins with one, as that of a second VM of the same name may. */
    private boolean isOwn(String name) {
        return own.stream().anyMatch(name::startsWith);
    }

    private static String named(Map<String, String> power, Predicate<String> wanted) {
        return power.entrySet().stream()
                .filter(vm -> wanted.test(vm.getKey()))
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
