package io.drover.operation.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.TextNode;
import io.drover.extension.wire.ExactJson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts recorded JSON into answers as it is. */
@Component
class JsonTexts {
    private final ObjectReader reader;

    JsonTexts(ObjectMapper mapper) {
        this.reader = ExactJson.reader(mapper);
    }

    /** The text as a tree; what is no JSON, since it was shortened, as text. */
    @Nullable
    JsonNode tree(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return reader.readTree(text);
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(text);
        }
    }
}
