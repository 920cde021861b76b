package io.drover.operation.web;

import io.drover.inventory.life.Verb;
import io.drover.problem.EditDistance;
import io.drover.problem.Violation;
import io.drover.problem.web.ParameterRule;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What verbs operations have and how long one may wait for one. Of actions any verb may be asked for, since extensions bring
 * their own.
 */
@Component
class OperationParameters implements ParameterRule {
    static final int LONGEST_WAIT = 60;

    @Override
    public @Nullable Violation check(Class<?> controller, String name, Object value) {
        if (controller != OperationController.class) {
            return null;
        }
        return switch (name) {
            case "verb" -> verb(value.toString());
            case "wait" -> wait(value);
            default -> null;
        };
    }

    private static @Nullable Violation verb(String given) {
        var words = Verb.operations().stream().map(Verb::word).toList();
        if (words.contains(given)) {
            return null;
        }
        return new Violation(
                "?verb", "must be one of " + String.join(", ", words) + EditDistance.hint(given, words), given);
    }

    private static @Nullable Violation wait(Object given) {
        return given instanceof Integer seconds && seconds >= 0 && seconds <= LONGEST_WAIT
                ? null
                : new Violation("?wait", "must be from 0 to " + LONGEST_WAIT + " seconds", given);
    }
}
