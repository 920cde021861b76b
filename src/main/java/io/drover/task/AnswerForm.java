package io.drover.task;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.problem.EditDistance;
import io.drover.problem.ProblemException;
import io.drover.problem.Violation;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns what was given as an answer into what the form's fields are, or tells all that is wrong with it. The limits are what the
 * engine makes of them: a number must be below its {@code max}.
 */
final class AnswerForm {
    /** What a task without a form can be answered with. */
    static final List<FormField> APPROVAL =
            List.of(new FormField("approved", "Approved?", "boolean", false, false, null, null, null));

    /** The longest text that the engine keeps. */
    private static final int LONGEST_TEXT = 4000;

    private final List<Violation> wrong = new ArrayList<>();

    /**
     * Reads an answer.
     *
     * @return values by field; of the types that the engine's forms take
     * @throws ProblemException naming every variable that is wrong, unknown or missing
     */
    static Map<String, Object> read(List<FormField> fields, Map<String, JsonNode> given, List<Violation> also) {
        var form = new AnswerForm();
        form.wrong.addAll(also);
        var values = form.values(fields, given);
        if (!form.wrong.isEmpty()) {
            throw ProblemException.invalid(form.wrong);
        }
        return values;
    }

    private Map<String, Object> values(List<FormField> fields, Map<String, JsonNode> given) {
        var names = fields.stream().map(FormField::name).toList();
        given.forEach((name, value) -> {
            if (!names.contains(name)) {
                wrong(name, "there is no such field; there are " + names + EditDistance.hint(name, names), value);
            }
        });
        Map<String, Object> values = new LinkedHashMap<>();
        for (var field : fields) {
            var value = given.get(field.name());
            if (value == null
                    || value.isNull()
                    || value.isTextual() && value.asText().isEmpty()) {
                if (field.required()) {
                    wrong(field.name(), "is required: " + rule(field), value);
                }
            } else if (field.readOnly()) {
                wrong(field.name(), "is only shown; leave it out", value);
            } else {
                var read = read(field, value);
                if (read != null) {
                    values.put(field.name(), read);
                }
            }
        }
        return values;
    }

    private @Nullable Object read(FormField field, JsonNode value) {
        var read = typed(field, value);
        if (read == null || !isWithin(field, read)) {
            wrong(field.name(), "must be " + rule(field), value);
            return null;
        }
        return read;
    }

    private static @Nullable Object typed(FormField field, JsonNode value) {
        return switch (field.type()) {
            case "boolean" -> value.isBoolean() ? (Object) value.booleanValue() : null;
            case "long" -> value.isIntegralNumber() && value.canConvertToLong() ? (Object) value.longValue() : null;
            case "date" -> value.isTextual() ? date(value.asText()) : null;
            case "enum" -> value.isTextual() && values(field).contains(value.asText()) ? value.asText() : null;
            default -> value.isTextual() && isText(value.asText()) ? value.asText() : null;
        };
    }

    private static List<String> values(FormField field) {
        return field.values() == null ? List.of() : field.values();
    }

    private static boolean isText(String text) {
        return text.length() <= LONGEST_TEXT && text.indexOf('\0') < 0;
    }

    private static @Nullable Date date(String text) {
        try {
            return Date.from(
                    text.contains("T")
                            ? Instant.parse(text)
                            : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
        } catch (DateTimeException | IllegalArgumentException e) {
            return null;
        }
    }

    private static boolean isWithin(FormField field, Object value) {
        if (value instanceof Long number) {
            return number >= limit(field, "min", Long.MIN_VALUE)
                    && (limit(field, "max") == null || number < limit(field, "max", Long.MAX_VALUE));
        }
        if (value instanceof String text) {
            return text.length() >= limit(field, "minlength", 0)
                    && text.length() <= limit(field, "maxlength", LONGEST_TEXT);
        }
        return true;
    }

    private static @Nullable String limit(FormField field, String name) {
        return field.limits() == null ? null : field.limits().get(name);
    }

    private static long limit(FormField field, String name, long otherwise) {
        var text = limit(field, name);
        try {
            return text == null ? otherwise : Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    private static String rule(FormField field) {
        return switch (field.type()) {
            case "boolean" -> "true or false";
            case "long" -> "a whole number" + limited(field, "min", "at least") + limited(field, "max", "less than");
            case "date" -> "a date such as 2027-01-31, or a time such as 2027-01-31T08:00:00Z";
            case "enum" -> "one of " + values(field);
            default ->
                "a text of at most " + limit(field, "maxlength", LONGEST_TEXT) + " characters"
                        + limited(field, "minlength", "at least");
        };
    }

    private static String limited(FormField field, String name, String words) {
        var limit = limit(field, name);
        return limit == null ? "" : ", " + words + " " + limit;
    }

    private void wrong(String name, String message, @Nullable JsonNode value) {
        wrong.add(new Violation("/variables" + Violation.step(name), message, value));
    }
}
