package io.drover.operation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drover.access.SecretBox;
import io.drover.extension.wire.Masking;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * What prepare answered, sealed until it is applied, together with the secrets that its program was given: what it says in other
 * places must not get out by the patch.
 */
@Component
class SealedPatches {
    private static final String PATCH = "patch";
    private static final String SECRETS = "secrets";

    private final SecretBox box;
    private final ObjectMapper json;

    SealedPatches(SecretBox box, ObjectMapper json) {
        this.box = box;
        this.json = json;
    }

    /**
     * A patch with what must not be told of it.
     *
     * @param masking knows the secrets of the action that answered it
     */
    record OpenPatch(JsonNode patch, Masking masking) {

        /** The names of details that have a secret in their values. */
        Set<String> secretDetails() {
            Set<String> names = new HashSet<>();
            patch.path("details").properties().forEach(detail -> {
                if (masking.tells(detail.getValue().asText())) {
                    names.add(detail.getKey());
                }
            });
            return names;
        }
    }

    String seal(JsonNode patch, Masking masking) {
        var both = json.createObjectNode();
        both.set(PATCH, patch);
        var secrets = both.putArray(SECRETS);
        masking.secrets().forEach(secrets::add);
        return box.seal(both.toString());
    }

    OpenPatch open(String sealed) {
        try {
            var both = json.readTree(box.open(sealed));
            var masking = new Masking(json, Set.of());
            both.path(SECRETS).forEach(secret -> masking.learn(Set.of(secret.asText())));
            return new OpenPatch(both.has(SECRETS) ? both.path(PATCH) : both, masking);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
