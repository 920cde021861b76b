package io.drover.extension.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.access.SecretNames;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Takes the secrets out of what goes on the record: JSON values under a secret name, and, wherever they turn up again in
 * JSON or in text, the very values that were found that way. Values so short or so common that they turn up everywhere are
 * taken out under their name alone.
 */
public final class Masking {
    private static final int SHORTEST = 4;
    private static final Set<String> COMMON = Set.of("true", "false", "null", "none");

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

    /** Remembers values that are secret wherever they turn up. */
    public void learn(Collection<String> secrets) {
        secrets.forEach(this::remember);
    }

    /** A copy without secrets; their values are remembered for {@link #text}. */
    public JsonNode json(JsonNode node) {
        var masked = replace(node.deepCopy(), false, this::hide);
        return replace(masked, true, this::withoutValues);
    }

    /** Text such as a program's output: masked as JSON when it is JSON, and in any case without the remembered values. */
    public String text(String text) {
        var masked = text;
        var parsed = new JsonAnswer(mapper).document(text);
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

    private String hide(String secret) {
        remember(secret);
        return SecretNames.MASK;
    }

    /** Replaces texts and numbers: all texts, or everything under secret names. Flags and nulls tell no secret. */
    private JsonNode replace(JsonNode node, boolean all, UnaryOperator<String> replacement) {
        if (node instanceof ObjectNode object) {
            object.properties()
                    .forEach(field ->
                            field.setValue(replace(field.getValue(), all || isSecret(field.getKey()), replacement)));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, replace(array.get(i), all, replacement));
            }
        } else if (all && (node.isTextual() || node.isNumber())) {
            var text = replacement.apply(node.asText());
            return text.equals(node.asText()) ? node : mapper.getNodeFactory().textNode(text);
        }
        return node;
    }

    private boolean isSecret(String name) {
        var bare = name.startsWith("External:") ? name.substring("External:".length()) : name;
        return SecretNames.matches(bare) || secretNames.contains(bare);
    }

    private void remember(String value) {
        boolean plain = value.chars().allMatch(c -> c == '*') || COMMON.contains(value.toLowerCase(Locale.ROOT));
        if (value.length() >= SHORTEST && !plain) {
            values.add(value);
            var quoted = mapper.getNodeFactory().textNode(value).toString();
            values.add(quoted.substring(1, quoted.length() - 1));
        }
    }
}
