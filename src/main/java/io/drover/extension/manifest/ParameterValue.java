package io.drover.extension.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.drover.extension.manifest.ParameterDefinition.Type;
import io.drover.extension.manifest.ParameterDefinition.ValidationFormat;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A value that was given for a parameter.
 *
 * @param typed what the extension is given; null when it is refused
 * @param flaw why it is refused; null when it is not
 */
record ParameterValue(@Nullable JsonNode typed, @Nullable String flaw) {
    private static final int LONGEST_TEXT = 65_536;
    private static final int MOST_DIGITS = 100;
    private static final int LARGEST_EXPONENT = 308;
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1," + MOST_DIGITS + "}");
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,100}(\\.[0-9]{1,100})?([eE][+-]?[0-9]{1,3})?");
    private static final Pattern DATE =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\d(T\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,9})?)?(Z|[+-]\\d\\d(:?\\d\\d)?))?");
    private static final Pattern OFFSET = Pattern.compile("(.*T.*[+-]\\d\\d):?(\\d\\d)?");
    private static final int DATE_ALONE = "2026-05-31".length();

    /** Reads a value as JSON has it: BOOLEAN and NUMBER are understood as text, too. */
    static ParameterValue of(Type type, ValidationFormat format, JsonNode given) {
        if (given.isNull() || (given.isTextual() && given.textValue().isBlank())) {
            return refused("must not be blank; leave the parameter out instead");
        }
        var typed =
                switch (type) {
                    case BOOLEAN -> flag(given);
                    case DATE -> date(given);
                    case NUMBER -> format == ValidationFormat.DECIMAL ? decimal(given) : integer(given);
                    case STRING -> text(format, given);
                };
        return typed == null ? refused("must be " + description(type, format)) : new ParameterValue(typed, null);
    }

    /** Whether two values of a type are the same; numbers are if they are equal, however they are written. */
    static boolean same(Type type, JsonNode one, JsonNode other) {
        return type == Type.NUMBER ? one.decimalValue().compareTo(other.decimalValue()) == 0 : one.equals(other);
    }

    private static ParameterValue refused(String flaw) {
        return new ParameterValue(null, flaw);
    }

    private static String description(Type type, ValidationFormat format) {
        return switch (type) {
            case BOOLEAN -> "true or false";
            case DATE ->
                "a date, or a date and time with offset, in ISO 8601: 2026-05-31, 2026-05-31T08:30:00Z or"
                        + " 2026-05-31T10:30:00+02:00";
            case NUMBER ->
                format == ValidationFormat.DECIMAL
                        ? "a number of at most " + MOST_DIGITS + " digits, from 1e-" + LARGEST_EXPONENT + " to 1e"
                                + LARGEST_EXPONENT
                        : "a whole number of at most " + MOST_DIGITS + " digits, written without a point";
            case STRING ->
                format == ValidationFormat.NONE
                        ? "text of at most " + LONGEST_TEXT + " characters without NUL"
                        : DetailType.valueOf(format.name()).description();
        };
    }

    private static @Nullable JsonNode flag(JsonNode given) {
        if (given.isBoolean()) {
            return given;
        }
        return switch (given.isTextual() ? given.textValue() : "") {
            case "true" -> BooleanNode.TRUE;
            case "false" -> BooleanNode.FALSE;
            default -> null;
        };
    }

    /** ISO 8601 as {@code java.time} writes it, whatever form the offset was given in: CloudStack's has no colon. */
    private static @Nullable JsonNode date(JsonNode given) {
        if (!given.isTextual() || !DATE.matcher(given.textValue()).matches()) {
            return null;
        }
        var text = given.textValue();
        try {
            if (text.length() == DATE_ALONE) {
                LocalDate.parse(text);
                return given;
            }
            var whole = text.endsWith("Z") ? text : withColon(text);
            OffsetDateTime.parse(whole);
            return JsonNodeFactory.instance.textNode(whole);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static String withColon(String text) {
        var parts = OFFSET.matcher(text);
        return parts.matches() ? parts.group(1) + ":" + (parts.group(2) == null ? "00" : parts.group(2)) : text;
    }

    private static @Nullable JsonNode integer(JsonNode given) {
        if (given.isIntegralNumber()) {
            return INTEGER.matcher(given.asText()).matches() ? given : null;
        }
        return given.isTextual() && INTEGER.matcher(given.textValue()).matches()
                ? JsonNodeFactory.instance.numberNode(new BigInteger(given.textValue()))
                : null;
    }

    /** A whole number stays one: 5 is not made 5.0. */
    private static @Nullable JsonNode decimal(JsonNode given) {
        if (given.isNumber()) {
            return fits(given.decimalValue()) ? given : null;
        }
        var text = given.isTextual() ? given.textValue() : "";
        if (INTEGER.matcher(text).matches()) {
            return integer(given);
        }
        if (!DECIMAL.matcher(text).matches() || !fits(new BigDecimal(text))) {
            return null;
        }
        return JsonNodeFactory.withExactBigDecimals(true).numberNode(new BigDecimal(text));
    }

    private static boolean fits(BigDecimal number) {
        long exponent = (long) number.precision() - number.scale() - 1;
        return number.precision() <= MOST_DIGITS && Math.abs(exponent) <= LARGEST_EXPONENT;
    }

    private static @Nullable JsonNode text(ValidationFormat format, JsonNode given) {
        if (!given.isTextual() || given.textValue().length() > LONGEST_TEXT || !encodable(given.textValue())) {
            return null;
        }
        return format == ValidationFormat.NONE
                        || DetailType.valueOf(format.name()).accepts(given.textValue())
                ? given
                : null;
    }

    private static boolean encodable(String text) {
        return text.codePoints().noneMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE);
    }
}
