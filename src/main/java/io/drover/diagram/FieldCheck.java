package io.drover.diagram;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The fields of Drover's tasks: their names, and their values as far as they are no expressions. */
final class FieldCheck {
    private static final Pattern RETRY = Pattern.compile("R(\\d{1,4})/(P.+)");
    private static final Pattern ACTION = Pattern.compile("[a-zA-Z0-9 _-]{1,100}");
    private static final Duration LONGEST = Duration.ofDays(1);

    private final Node task;
    private final String bean;
    private final Faults faults;
    private final Map<String, Node> fields = new HashMap<>();

    FieldCheck(Node task, String bean, Faults faults) {
        this.task = task;
        this.bean = bean;
        this.faults = faults;
    }

    /** What a field says: the text that it has, null when that is an expression or blank. */
    static @Nullable String literal(Node task, String field) {
        return task.extensions("field")
                .filter(one -> field.equals(one.own("name")))
                .map(FieldCheck::text)
                .filter(text -> !Expressions.isIn(text) && !text.isBlank())
                .findFirst()
                .orElse(null);
    }

    void check() {
        var known = Objects.requireNonNull(DroverWords.TASKS.get(bean));
        task.extensions("field").forEach(field -> {
            var name = String.valueOf(field.own("name"));
            if (!known.contains(name)) {
                faults.add(
                        field,
                        "${" + bean + "} has no field '" + name + "'; it has " + (known.isEmpty() ? "none" : known));
            } else if (fields.putIfAbsent(name, field) != null) {
                faults.add(field, "The field '" + name + "' is given twice");
            }
            shape(field, name);
        });
        if (bean.equals(DroverWords.EXECUTOR)) {
            executor();
        } else if (bean.equals(DroverWords.MARK)) {
            mark();
        }
    }

    private void executor() {
        if (fields.get("verb") == null
                || text(Objects.requireNonNull(fields.get("verb"))).isBlank()) {
            faults.add(
                    task,
                    "The field 'verb' is missing; it must be one of " + DroverWords.VERBS
                            + " or a custom action's name");
        }
        value(
                "verb",
                this::isVerb,
                "one of " + DroverWords.VERBS + " or a custom action's name, of letters, digits, spaces, _ and -");
        value("timeout", FieldCheck::isTimeout, "an ISO 8601 duration of one second to one day, e.g. PT5M");
        value("retry", FieldCheck::isRetry, "attempts in all / pause between them, e.g. R3/PT10S");
        value("exhausted", DroverWords.EXHAUSTED::contains, "one of " + DroverWords.EXHAUSTED);
        task.extensions("failedJobRetryTimeCycle")
                .filter(cycle -> !isRetry(cycle.text()))
                .forEach(cycle -> faults.add(
                        cycle,
                        "'" + cycle.text() + "' in '" + cycle.spelling()
                                + "' must be attempts in all / pause between them, e.g. R3/PT10S"));
    }

    private void mark() {
        value("state", DroverWords.STATES::contains, "one of " + DroverWords.STATES);
        value("power", DroverWords.POWERS::contains, "one of " + DroverWords.POWERS);
        value("reason", text -> !Expressions.isIn(text), "a text");
        if (!isGiven("state") && isGiven("reason")) {
            faults.add(
                    Objects.requireNonNull(fields.get("reason")),
                    "The field 'reason' says why the VM is in a state; give the task a field 'state', one of "
                            + DroverWords.STATES);
        } else if (!isGiven("state") && !isGiven("power")) {
            faults.add(
                    task,
                    "The task marks nothing: give it a field 'state', one of " + DroverWords.STATES
                            + ", or 'power', one of " + DroverWords.POWERS);
        }
    }

    private boolean isGiven(String name) {
        var field = fields.get(name);
        return field != null && !text(field).isBlank();
    }

    private void value(String name, java.util.function.Predicate<String> rule, String allowed) {
        var field = fields.get(name);
        var text = field == null ? "" : text(field);
        if (field != null && !text.isBlank() && !(isExpression(field) && Expressions.isIn(text)) && !rule.test(text)) {
            faults.add(
                    field,
                    "The field '" + name + "' is '" + text + "'; it must be " + allowed
                            + (Expressions.isIn(text)
                                    ? ". It is taken as it is: put an expression into camunda:expression"
                                    : ""));
        }
    }

    /** A field has its value in one of four ways. */
    private void shape(Node field, String name) {
        long given = field.children().stream().filter(Node::isExtension).count()
                + List.of("stringValue", "expression").stream()
                        .filter(way -> field.own(way) != null)
                        .count();
        if (given > 1) {
            faults.add(field, "The field '" + name + "' has its value " + given + " times; give it once");
        }
    }

    private boolean isVerb(String verb) {
        var lower = verb.toLowerCase(Locale.ROOT).strip();
        return DroverWords.VERBS.contains(verb)
                || ACTION.matcher(verb).matches()
                        && !DroverWords.VERBS.contains(lower)
                        && !DroverWords.RESERVED_VERBS.contains(lower);
    }

    private static boolean isTimeout(String text) {
        try {
            var timeout = Duration.parse(text);
            return timeout.compareTo(Duration.ofSeconds(1)) >= 0 && timeout.compareTo(LONGEST) <= 0;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static boolean isRetry(String text) {
        var matcher = RETRY.matcher(text);
        try {
            return matcher.matches()
                    && Integer.parseInt(matcher.group(1)) > 0
                    && !Duration.parse(matcher.group(2)).isNegative();
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static boolean isExpression(Node field) {
        return field.own("expression") != null
                || field.children().stream()
                        .anyMatch(child -> child.isExtension() && child.name().equals("expression"));
    }

    private static String text(Node field) {
        for (var way : List.of("stringValue", "expression")) {
            var value = field.own(way);
            if (value != null) {
                return value.strip();
            }
        }
        return field.children().stream()
                .filter(Node::isExtension)
                .map(Node::text)
                .findFirst()
                .orElse("");
    }
}
