package io.drover.extension.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.access.SecretNames;
import io.drover.access.SecretUrls;
import io.drover.extension.run.Output;
import io.drover.secret.SecretText;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes the secrets of one action out of what goes on the record: JSON values under a secret name, credentials in URLs, and,
 * wherever they turn up again in JSON or in text and however they are spelled there, the very values that were found that way.
 */
public final class Masking {
    private static final String EXTERNAL = "External:";
    private static final Set<String> DETAILS = Set.of("details", "externaldetails", "parameters");

    private final ObjectMapper mapper;
    private final Set<String> secretNames;
    private final Set<String> detailNames = new HashSet<>();
    private final SecretText values = new SecretText();

    /** @param secretNames names that are secret besides those that say so themselves ({@link SecretNames}) */
    public Masking(ObjectMapper mapper, Set<String> secretNames) {
        this.mapper = mapper;
        this.secretNames = new HashSet<>(secretNames);
    }

    /** Lets these names be secret, too. */
    public void alsoSecret(Collection<String> names) {
        secretNames.addAll(names);
    }

    /** Lets these names be secret, too, but only among details and parameters. */
    public void alsoInDetails(Collection<String> names) {
        detailNames.addAll(names);
    }

    /** Remembers values that are secret wherever they turn up. */
    public void learn(Collection<String> secrets) {
        secrets.forEach(values::learn);
    }

    /** Remembers what can be seen to be secret in a text, so that it is taken out of other texts, too. */
    public void learnFrom(String text) {
        var parsed = new JsonAnswer(mapper).document(text);
        if (parsed != null) {
            replace(parsed, new Place("", false, false));
        } else {
            JsonPieces.replace(text, this::isSecret, this::hide);
        }
        SecretUrls.replace(text, this::hide);
    }

    /** What a program wrote, without secrets, and without parts of secrets beside a place where something was dropped. */
    public String output(Output output) {
        return text(output.cut() ? values.maskBesideCut(output.text(), Output.CUT) : output.text());
    }

    /** All values that are remembered. */
    public Set<String> secrets() {
        return values.values();
    }

    /** Whether a remembered value is in the text. */
    public boolean tells(String text) {
        return values.tells(text);
    }

    /** A copy without secrets; their values are remembered for {@link #text}. */
    public JsonNode json(JsonNode node) {
        var masked = replace(node.deepCopy(), new Place("", false, false));
        return withoutValues(masked);
    }

    /** Text such as a program's output: masked as JSON when it is JSON, and in any case without the remembered values. */
    public String text(String text) {
        var masked = text;
        var parsed = new JsonAnswer(mapper).document(text);
        if (parsed != null) {
            var copy = json(parsed);
            masked = copy.equals(parsed) ? text : copy.toString();
        } else {
            masked = JsonPieces.replace(text, this::isSecret, this::hide);
        }
        return withoutValues(masked);
    }

    /** The same for a message that may be absent. */
    public @Nullable String message(@Nullable String message) {
        return message == null ? null : withoutValues(message);
    }

    private String withoutValues(String text) {
        return values.mask(SecretUrls.replace(text, this::hide));
    }

    private String hide(String secret) {
        values.learn(secret);
        return SecretText.instead(secret);
    }

    /**
     * Where a value is.
     *
     * @param secret whether it is below a secret name
     * @param details whether it is among details or parameters
     */
    private record Place(String name, boolean secret, boolean details) {}

    /** Replaces texts and numbers under secret names, in texts that have JSON in them, too. Flags and nulls tell no secret. */
    private JsonNode replace(JsonNode node, Place place) {
        if (node instanceof ObjectNode object) {
            object.properties()
                    .forEach(field -> field.setValue(replace(field.getValue(), below(place, field.getKey()))));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, replace(array.get(i), place));
            }
        } else if (place.secret() && (node.isTextual() || node.isNumber())) {
            var value = node.asText();
            var text = SecretNames.isPublicId(place.name(), value) ? SecretText.instead(value) : hide(value);
            return text.equals(value) ? node : mapper.getNodeFactory().textNode(text);
        } else if (node.isTextual()) {
            var text = JsonPieces.replace(node.textValue(), this::isSecret, this::hide);
            return text.equals(node.textValue())
                    ? node
                    : mapper.getNodeFactory().textNode(text);
        }
        return node;
    }

    private Place below(Place place, String name) {
        boolean secret = place.secret() || isSecret(name) || (place.details() && detailNames.contains(bare(name)));
        return new Place(name, secret, place.details() || DETAILS.contains(name));
    }

    /** Without remembered values, in names of fields, too. */
    private JsonNode withoutValues(JsonNode node) {
        if (node instanceof ObjectNode object) {
            var copy = mapper.createObjectNode();
            object.properties()
                    .forEach(field -> copy.set(values.mask(field.getKey()), withoutValues(field.getValue())));
            return copy;
        }
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, withoutValues(array.get(i)));
            }
        } else if (node.isTextual() || node.isNumber()) {
            var text = withoutValues(node.asText());
            return text.equals(node.asText()) ? node : mapper.getNodeFactory().textNode(text);
        }
        return node;
    }

    private boolean isSecret(String name) {
        var bare = bare(name);
        return SecretNames.matches(bare) || secretNames.contains(bare);
    }

    private static String bare(String name) {
        return name.startsWith(EXTERNAL) ? name.substring(EXTERNAL.length()) : name;
    }
}
