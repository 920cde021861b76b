package io.drover.problem.web;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.drover.problem.ProblemException;
import io.drover.problem.Violation;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Names the field, the value and what would have been right in JSON that could not be read. */
final class UnreadableJson {
    /** Where Jackson's message has the text that it would not take for another type. */
    private static final Pattern QUOTED = Pattern.compile("value \\(\"(.*)\"\\)");

    private static final Pattern NUMBER = Pattern.compile("\\((-?[0-9.eE+]+)\\)");

    private static final Pattern SECRET = Pattern.compile("pass|pwd|secret|token|credential|key");

    private UnreadableJson() {}

    static ProblemException refusal(@Nullable Throwable cause) {
        for (var each = cause; each != null; each = each.getCause()) {
            if (each instanceof ProblemException refusal) {
                return refusal;
            }
            if (each instanceof JsonMappingException mapping) {
                return ofField(mapping);
            }
            if (each instanceof JsonParseException syntax) {
                return ofSyntax(syntax);
            }
        }
        return ProblemException.invalid("", "the body is missing", null);
    }

    private static ProblemException ofField(JsonMappingException ex) {
        if (ex.getCause() instanceof ProblemException refusal) {
            return refusal;
        }
        var pointer = pointer(ex);
        if (ex instanceof UnrecognizedPropertyException unknown) {
            var known = unknown.getKnownPropertyIds().stream()
                    .map(String::valueOf)
                    .sorted()
                    .collect(Collectors.joining(", "));
            var message = "is not a field here; the fields are " + known;
            return ProblemException.invalid(pointer, message, unknown.getPropertyName());
        }
        if (ex instanceof InvalidFormatException format) {
            var message = "must be " + TypeWords.of(format.getTargetType());
            return ProblemException.invalid(pointer, message, shown(pointer, String.valueOf(format.getValue())));
        }
        if (ex instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
            var message = "must be " + TypeWords.of(mismatch.getTargetType());
            return ProblemException.invalid(pointer, message, shown(pointer, value(ex)));
        }
        if (ex.getCause() instanceof InputCoercionException overflow) {
            var message = "is too large for " + TypeWords.of(overflow.getTargetType());
            return ProblemException.invalid(pointer, message, shown(pointer, number(overflow)));
        }
        return ex.getCause() instanceof JsonParseException syntax
                ? ofSyntax(syntax)
                : ProblemException.invalid(pointer, "cannot be read", value(ex));
    }

    private static ProblemException ofSyntax(JsonProcessingException ex) {
        var place = ex.getLocation();
        var where = place == null ? "" : " at line " + place.getLineNr() + ", column " + place.getColumnNr();
        var why = ex.getOriginalMessage().lines().findFirst().orElse("");
        return ProblemException.invalid("", "the body is not valid JSON" + where + ": " + why, null);
    }

    private static String number(InputCoercionException overflow) {
        var digits = NUMBER.matcher(overflow.getOriginalMessage());
        return digits.find() ? digits.group(1) : "";
    }

    /** What is sent under a secret's name is not sent back. */
    static String shown(String pointer, String value) {
        var name = pointer.substring(pointer.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        return SECRET.matcher(name).find() ? "" : value;
    }

    /** RFC 6901. */
    static String pointer(JsonMappingException ex) {
        return ex.getPath().stream()
                .map(step -> step.getFieldName() == null ? String.valueOf(step.getIndex()) : step.getFieldName())
                .map(Violation::step)
                .collect(Collectors.joining());
    }

    private static String value(JsonMappingException ex) {
        var quoted = QUOTED.matcher(String.valueOf(ex.getOriginalMessage()));
        if (quoted.find()) {
            return quoted.group(1);
        }
        try {
            return ex.getProcessor() instanceof JsonParser parser && !parser.isClosed()
                    ? String.valueOf(parser.getText())
                    : "";
        } catch (IOException e) {
            return "";
        }
    }
}
