package io.drover.operation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.access.SecretBox;
import io.drover.access.SecretNames;
import io.drover.extension.manifest.SecretFields;
import io.drover.extension.run.RunResult;
import io.drover.extension.wire.Masking;
import io.drover.extension.wire.Outcome;
import io.drover.extension.wire.Outcome.Succeeded;
import io.drover.extension.wire.PrintedAnswer;
import io.drover.secret.LiveSecrets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Takes the secret fields of a custom action's answer out of it, for the person who asked and nobody else. A secret that the
 * program was given is not handed on: who may run an action may not read the extension's details by it.
 */
@Component
class SecretHandover {
    private final SecretBox box;
    private final ObjectMapper json;
    private final ActionProperties properties;
    private final Clock clock;

    SecretHandover(SecretBox box, ObjectMapper json, ActionProperties properties, Clock clock) {
        this.box = box;
        this.json = json;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * What was taken.
     *
     * @param secret null when there is none
     * @param note what the program should have answered and has not; null when there is nothing to say
     */
    record Taken(@Nullable HandedSecret secret, @Nullable String note) {
        static final Taken NOTHING = new Taken(null, null);
    }

    /** Must come before anything else is learnt of the answer; from then on the fields' values are masked wherever they are. */
    Taken from(Dispatch dispatch, RunResult result, Outcome outcome) {
        var messages = dispatch.messages();
        if (messages == null || messages.secretFields().isEmpty()) {
            return Taken.NOTHING;
        }
        var masking = dispatch.masking();
        var answer = PrintedAnswer.document(result.output(), json);
        if (answer == null) {
            masking.alsoSecret(SecretFields.lastNames(messages.secretFields()));
        }
        var found = SecretFields.of(answer, messages.secretFields());
        var handed = withoutKnown(found, masking);
        var texts = SecretFields.texts(found);
        masking.learn(texts);
        texts.forEach(LiveSecrets::remember);
        return outcome instanceof Succeeded
                ? new Taken(sealed(handed), missing(found, messages.secretFields()))
                : Taken.NOTHING;
    }

    private @Nullable HandedSecret sealed(ObjectNode handed) {
        if (handed.isEmpty()) {
            return null;
        }
        var until = Instant.now(clock).plus(properties.secretLifetime());
        return new HandedSecret(SecretFields.names(handed), box.seal(handed.toString()), until);
    }

    private static @Nullable String missing(ObjectNode found, List<String> fields) {
        var missing = fields.stream().filter(field -> !found.has(field)).toList();
        return missing.isEmpty() ? null : "Its answer has none of the secret fields " + missing;
    }

    private ObjectNode withoutKnown(ObjectNode found, Masking masking) {
        var copy = json.createObjectNode();
        found.properties().forEach(field -> copy.set(field.getKey(), withoutKnown(field.getValue(), masking)));
        return copy;
    }

    private JsonNode withoutKnown(JsonNode value, Masking masking) {
        if (value.isObject()) {
            return withoutKnown((ObjectNode) value, masking);
        }
        if (value.isArray()) {
            var copy = json.createArrayNode();
            value.forEach(element -> copy.add(withoutKnown(element, masking)));
            return copy;
        }
        return masking.tells(value.asText()) ? json.getNodeFactory().textNode(SecretNames.MASK) : value;
    }
}
