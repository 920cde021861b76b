package io.drover.extension.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The forms of JSON that extensions answer in: {@code {"status":...}}, {@code {"success":...,"result":{...}}} or bare. */
final class JsonAnswer {
    private static final Set<String> ERROR_WORDS = Set.of("error", "fail", "failed", "failure");
    private static final Set<String> SUCCESS_WORDS = Set.of("success", "succeeded", "ok");
    private static final Set<String> NOTHING = Set.of("", "null", "false", "0");
    private static final List<String> MESSAGE_KEYS = List.of("error", "message", "error_message", "reason");
    private static final List<String> ENVELOPE = List.of("status", "success", "message");

    private final ObjectReader reader;

    JsonAnswer(ObjectMapper mapper) {
        this.reader = mapper.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    /** The text as a JSON object; null when it is anything else. */
    @Nullable
    JsonNode object(String text) {
        var document = document(text);
        return document == null || !document.isObject() ? null : document;
    }

    /** The text as one JSON object or array; null when it is anything else. */
    @Nullable
    JsonNode document(String text) {
        var trimmed = text.strip();
        if (!trimmed.startsWith("{") && !trimmed.startsWith("[")) {
            return null;
        }
        try {
            return reader.readTree(trimmed);
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    /** Whether it tells an error: by its status, by its success, or, where neither says it went well, by an error. */
    boolean saysError(JsonNode body) {
        var status = word(body.path("status"));
        var success = word(body.path("success"));
        if (ERROR_WORDS.contains(status) || success.equals("false")) {
            return true;
        }
        return !SUCCESS_WORDS.contains(status) && !success.equals("true") && holdsSomething(body.path("error"));
    }

    private static String word(JsonNode value) {
        return value.asText().strip().toLowerCase(Locale.ROOT);
    }

    private static boolean holdsSomething(JsonNode error) {
        return error.isContainerNode() ? !error.isEmpty() : !NOTHING.contains(word(error));
    }

    @Nullable
    String errorMessage(JsonNode body) {
        for (var key : MESSAGE_KEYS) {
            var value = body.get(key);
            if (value != null && value.isTextual() && !value.textValue().isBlank()) {
                return value.textValue().strip();
            }
            if (value != null && value.isObject() && value.path("message").isTextual()) {
                return value.path("message").textValue().strip();
            }
        }
        return null;
    }

    String errorOr(JsonNode body, String otherwise) {
        var message = errorMessage(body);
        return message == null ? otherwise : message;
    }

    /** What the answer carries: {@code result} when it comes in that envelope, else everything but the envelope's own keys. */
    JsonNode withoutEnvelope(JsonNode body) {
        if (body.has("success") && body.path("result").isObject()) {
            return body.path("result");
        }
        ObjectNode rest = body.deepCopy();
        return rest.without(ENVELOPE);
    }

    /** A bare power state such as {@code PowerOn}, in the form of the JSON answer. */
    JsonNode powerState(String text) {
        return JsonNodeFactory.instance.objectNode().put("power_state", text);
    }
}
