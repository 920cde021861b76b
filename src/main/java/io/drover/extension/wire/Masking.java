package io.drover.extension.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.access.SecretNames;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes the secrets out of what goes on the record: JSON values under a secret name, and, wherever they turn up again in
 * text, the very values that were found that way.
 */
public final class Masking {
    private static final int SHORTEST = 4;

    /** An answer with more secrets than this is withheld as text; looking for each of them would take too long. */
    private static final int MOST = 300;

    private final ObjectMapper mapper;
    private final Set<String> secretNames;
    private final Set<String> values = new HashSet<>();

    /** @param secretNames names that are secret besides those that say so themselves ({@link SecretNames}) */
    public Masking(ObjectMapper mapper, Set<String> secretNames) {
        this.mapper = mapper;
        this.secretNames = secretNames;
    }

    /** A copy without secrets; their values are remembered for {@link #text}. */
    public JsonNode json(JsonNode node) {
        var copy = node.deepCopy();
        mask(copy);
        return copy;
    }

    /** Text such as a program's output: masked as JSON when it is JSON, and in any case without the remembered values. */
    public String text(String text) {
        var masked = text;
        var parsed = new JsonAnswer(mapper).object(text);
        if (parsed != null) {
            var copy = json(parsed);
            masked = copy.equals(parsed) ? text : copy.toString();
        }
        return withoutValues(masked);
    }

    /** The same for a message that may be absent. */
    public @Nullable String message(@Nullable String message) {
        return message == null ? null : withoutValues(message);
    }

    private String withoutValues(String text) {
        if (values.size() > MOST) {
            return "(withheld: too many secrets)";
        }
        var masked = text;
        for (var value : values.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList()) {
            masked = masked.replace(value, SecretNames.MASK);
        }
        return masked;
    }

    private void mask(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(field -> {
                if (field.getValue().isValueNode() && isSecret(field.getKey())) {
                    remember(field.getValue().asText());
                    field.setValue(object.textNode(SecretNames.MASK));
                } else {
                    mask(field.getValue());
                }
            });
        } else if (node instanceof ArrayNode array) {
            array.forEach(this::mask);
        }
    }

    private boolean isSecret(String name) {
        var bare = name.startsWith("External:") ? name.substring("External:".length()) : name;
        return SecretNames.matches(bare) || secretNames.contains(bare);
    }

    private void remember(String value) {
        if (value.length() >= SHORTEST && !value.equals(SecretNames.MASK)) {
            values.add(value);
            var quoted = mapper.getNodeFactory().textNode(value).toString();
            values.add(quoted.substring(1, quoted.length() - 1));
        }
    }
}
