package io.drover.extension.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The forms of JSON that extensions answer in: {@code {"status":...}}, {@code {"success":...,"result":{...}}} or bare. */
final class JsonAnswer {
    private static final Set<String> ERROR_WORDS =
            Set.of("error", "errors", "err", "fail", "fails", "failed", "failure", "failing", "exception", "fatal");
    private static final Set<String> SUCCESS_WORDS = Set.of("success", "successful", "succeeded", "ok", "true");
    private static final Set<String> NO = Set.of("false", "no", "0");
    private static final Set<String> STATUS = Set.of("status", "success", "error", "errors");
    private static final Pattern NO_LETTERS = Pattern.compile("[^\\p{L}]+");
    private static final Set<String> KNOWN_POWER = Set.of("poweron", "poweroff", "powerunknown");
    private static final Set<String> NOTHING = Set.of("", "null", "false", "0");
    private static final List<String> MESSAGE_KEYS = List.of(
            "error",
            "message",
            "error_message",
            "reason",
            "msg",
            "errors",
            "detail",
            "details",
            "description",
            "title");
    private static final Set<String> NO_REASON = Set.of("status", "success", "retryable", "leftovers");
    private static final int DEEPEST = 8;
    private static final String LEFTOVERS = "leftovers";
    private static final Set<String> ENVELOPE = Set.of("status", "success", "message");

    private final ObjectReader reader;

    JsonAnswer(ObjectMapper mapper) {
        this.reader = ExactJson.reader(mapper);
    }

    /** The text as one JSON object or array; null when it is anything else. */
    @Nullable
    JsonNode document(String text) {
        var trimmed = AnswerTextReader.trimmed(text);
        if (!trimmed.startsWith("{") && !trimmed.startsWith("[")) {
            return null;
        }
        try {
            return reader.readTree(trimmed);
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    /** Whether it tells how it went: by a status, a success or an error, in whatever case the key is written. */
    boolean tellsStatus(JsonNode body) {
        return body.properties().stream().anyMatch(field -> STATUS.contains(lower(field.getKey())));
    }

    /** Whether it tells an error: by its status, by its success, or, where neither says it went well, by an error. */
    boolean saysError(JsonNode body) {
        var status = values(body, "status");
        var success = values(body, "success");
        if (status.stream().anyMatch(JsonAnswer::isErrorStatus)
                || success.stream().anyMatch(value -> NO.contains(word(value)))) {
            return true;
        }
        boolean wentWell = status.stream().anyMatch(value -> SUCCESS_WORDS.contains(firstWord(value)))
                || success.stream().anyMatch(value -> word(value).equals("true"));
        return !wentWell
                && Stream.concat(values(body, "error").stream(), values(body, "errors").stream())
                        .anyMatch(JsonAnswer::holdsSomething);
    }

    /** Whether the program asks to be asked again later: nothing was begun, the outside is busy or away for a moment. */
    boolean saysRetryable(JsonNode body) {
        return isTrue(body, "retryable");
    }

    /** Whether the program says that something of what it did is left outside although it failed. */
    boolean saysLeftovers(JsonNode body) {
        return isTrue(body, LEFTOVERS);
    }

    /** What an answer to prepare wants of the VM: what it carries, without the word on what is left. */
    JsonNode patch(JsonNode body) {
        var carried = withoutEnvelope(body);
        if (carried instanceof ObjectNode fields) {
            var patch = fields.deepCopy();
            patch.properties().removeIf(field -> lower(field.getKey()).equals(LEFTOVERS));
            return patch;
        }
        return carried;
    }

    private static boolean isTrue(JsonNode body, String key) {
        return values(body, key).stream().anyMatch(value -> word(value).equals("true"));
    }

    /** "ERROR: quota" is an error, "stopped" says nothing. */
    private static boolean isErrorStatus(JsonNode status) {
        return ERROR_WORDS.contains(firstWord(status)) || status.isBoolean() && !status.booleanValue();
    }

    private static List<JsonNode> values(JsonNode body, String key) {
        return body.properties().stream()
                .filter(field -> lower(field.getKey()).equals(key))
                .map(Map.Entry::getValue)
                .toList();
    }

    private static String firstWord(JsonNode value) {
        var words = NO_LETTERS.split(word(value), 2);
        return words.length == 0 ? "" : words[0];
    }

    private static String lower(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }

    private static String word(JsonNode value) {
        return lower(value.asText());
    }

    private static boolean holdsSomething(JsonNode error) {
        return error.isContainerNode() ? !error.isEmpty() : !NOTHING.contains(word(error));
    }

    /** The reason that it gives by one of the keys that are known for that, however deep; null when none has text. */
    @Nullable
    String errorMessage(JsonNode body) {
        var text = text(body, DEEPEST);
        return text.isEmpty() ? null : text;
    }

    /** The same; all of it, as JSON, where no known key has text. */
    String errorOr(JsonNode body, String otherwise) {
        var message = errorMessage(body);
        if (message != null || !(body instanceof ObjectNode fields)) {
            return message == null ? otherwise : message;
        }
        var rest = fields.deepCopy();
        rest.properties().removeIf(field -> NO_REASON.contains(lower(field.getKey())));
        return rest.isEmpty() ? otherwise : rest.toString();
    }

    private static String text(JsonNode value, int depth) {
        if (depth == 0) {
            return "";
        }
        if (value.isArray()) {
            return StreamSupport.stream(value.spliterator(), false)
                    .map(element -> text(element, depth - 1))
                    .filter(text -> !text.isEmpty())
                    .collect(Collectors.joining("; "));
        }
        if (!value.isObject()) {
            return value.isTextual() ? value.textValue().strip() : "";
        }
        return MESSAGE_KEYS.stream()
                .flatMap(key -> values(value, key).stream())
                .map(held -> text(held, depth - 1))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** What the answer carries: {@code result} when it comes in that envelope, else everything but the envelope's own keys. */
    JsonNode withoutEnvelope(JsonNode body) {
        if (body.has("success") && body.path("result").isObject()) {
            return body.path("result");
        }
        ObjectNode rest = body.deepCopy();
        rest.properties().removeIf(field -> ENVELOPE.contains(lower(field.getKey())));
        return rest;
    }

    /** What a status says of power that is neither on nor off: its word, and the message with it. */
    List<String> powerNotes(JsonNode body) {
        var word = body.path("power_state").asText("").strip();
        if (word.isEmpty() || KNOWN_POWER.contains(lower(word))) {
            return List.of();
        }
        var message = body.path("message").asText("").strip();
        return List.of("Its power is '" + word + "'" + (message.isEmpty() ? "" : ": " + message));
    }

    /** A bare power state such as {@code PowerOn}, in the form of the JSON answer. */
    JsonNode powerState(String text) {
        return JsonNodeFactory.instance.objectNode().put("power_state", text);
    }
}
