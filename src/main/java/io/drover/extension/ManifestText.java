package io.drover.extension;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.access.SecretBox;
import io.drover.access.SecretNames;
import io.drover.access.SecretUrls;
import io.drover.extension.manifest.ExtensionManifest;
import java.util.function.BiConsumer;
import org.springframework.stereotype.Component;

/** Manifests as they are stored: as JSON, with the defaults of secret details sealed. */
@Component
class ManifestText {
    private static final String DEFAULT = "default";
    private static final String SEALED = "sealedDefault";

    private final SecretBox box;
    private final ObjectMapper json;

    ManifestText(SecretBox box, ObjectMapper json) {
        this.box = box;
        this.json = json;
    }

    String write(ExtensionManifest manifest) {
        JsonNode tree = json.valueToTree(manifest);
        fields(tree, (name, field) -> {
            var given = field.path(DEFAULT).asText();
            boolean secret = field.path("secret").asBoolean()
                    || SecretNames.matches(name)
                    || manifest.secretDetails().contains(name)
                    || SecretUrls.anyIn(given);
            if (secret && field.hasNonNull(DEFAULT)) {
                field.put(SEALED, box.seal(given)).remove(DEFAULT);
            }
        });
        return tree.toString();
    }

    ExtensionManifest read(String manifest) {
        try {
            var tree = json.readTree(manifest);
            fields(tree, (name, field) -> {
                if (field.hasNonNull(SEALED)) {
                    field.put(DEFAULT, box.open(field.path(SEALED).asText())).remove(SEALED);
                }
            });
            return json.treeToValue(tree, ExtensionManifest.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A stored manifest cannot be read", e);
        }
    }

    private static void fields(JsonNode manifest, BiConsumer<String, ObjectNode> use) {
        for (var level : manifest.path("configuration")) {
            level.properties().forEach(entry -> {
                if (entry.getValue() instanceof ObjectNode field) {
                    use.accept(entry.getKey(), field);
                }
            });
        }
    }
}
