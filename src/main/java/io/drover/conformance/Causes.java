package io.drover.conformance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Tells what is behind failures. An answer in the wrong form fails whatever was asked for by that call, and the same answer
 * to the same verb means the same wherever it is given.
 */
final class Causes {
    /** What is wrong with an answer in whatever it is given, the most basic first. */
    private static final List<Check> FORM =
            List.of(Check.ENDS, Check.SHELL, Check.UTF8, Check.ONE_OBJECT, Check.ERRORS, Check.SCHEMA);

    private static final String VARYING = "[0-9a-f]{8}-[0-9a-f-]{27}|[0-9]+";

    private final List<Failure> failures = new ArrayList<>();
    private final Map<UUID, Check> form = new HashMap<>();

    private record Failure(
            Check check, String message, @Nullable Call call) {

        boolean isWordless(Map<UUID, Check> form) {
            return call != null && !check.isOfEveryCall() && form.get(call.actionId()) == Check.ERRORS;
        }
    }

    /** Notes a failure; in the order in which they were found. */
    void add(Check check, String message, @Nullable Call call) {
        failures.add(new Failure(check, message, call));
        if (call != null && FORM.contains(check)) {
            form.merge(call.actionId(), check, Causes::moreBasic);
        }
    }

    /** What explains most failed checks first, and what was found earlier first of those that explain as many. */
    List<Cause> found(UnaryOperator<String> masked) {
        Map<Object, Failure> firsts = new LinkedHashMap<>();
        Map<Check, Object> behind = new EnumMap<>(Check.class);
        var wordless = wordless();
        for (var failure : failures) {
            var key = key(failure, wordless);
            firsts.merge(key, failure, (one, other) -> better(key, one, other));
            behind.putIfAbsent(failure.check(), key);
        }
        return firsts.entrySet().stream()
                .filter(first -> behind.containsValue(first.getKey()))
                .map(first -> cause(first.getValue(), first.getKey(), behind, masked))
                .sorted(Comparator.comparing((Cause cause) -> cause.failed().size())
                        .reversed())
                .toList();
    }

    private static Cause cause(Failure first, Object key, Map<Check, Object> behind, UnaryOperator<String> masked) {
        var failed = new ArrayList<String>();
        failed.add(first.check().id());
        behind.forEach((check, of) -> {
            if (of.equals(key) && check != first.check()) {
                failed.add(check.id());
            }
        });
        return new Cause(first.check().id(), masked.apply(first.message()), failed);
    }

    private Object key(Failure failure, @Nullable Check wordless) {
        var call = failure.call();
        if (call == null) {
            return failure.check();
        }
        var basic = form.get(call.actionId());
        if (wordless != null && (failure.check() == wordless || basic == Check.ERRORS)) {
            return wordless;
        }
        if (basic != null) {
            return basic;
        }
        if (failure.check().isOfEveryCall()) {
            return failure.check();
        }
        return failure.check().isOfInput()
                ? failure.message().split(", but ", 2)[0]
                : call.verb() + " " + call.told().replaceAll(VARYING, "#");
    }

    /** The one check in whose calls alone failures have no words, so that what was asked for there is the reason. */
    private @Nullable Check wordless() {
        var checks = failures.stream()
                .filter(failure -> failure.isWordless(form))
                .map(Failure::check)
                .distinct()
                .toList();
        return checks.size() == 1 ? checks.get(0) : null;
    }

    /** What is wrong with the form itself is told of it, not what follows. */
    private static Failure better(Object key, Failure one, Failure other) {
        return key instanceof Check && one.check() != key && other.check() == key ? other : one;
    }

    private static Check moreBasic(Check one, Check other) {
        return FORM.indexOf(one) <= FORM.indexOf(other) ? one : other;
    }
}
