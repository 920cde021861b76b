package io.drover.operation.web;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the fields of an object without loss: a number keeps every digit. */
final class ExactValues extends JsonDeserializer<Map<String, JsonNode>> {

    @Override
    @SuppressWarnings("unchecked")
    public Map<String, JsonNode> deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (!parser.isExpectedStartObjectToken()) {
            return (Map<String, JsonNode>) context.handleUnexpectedToken(Map.class, parser);
        }
        Map<String, JsonNode> values = new LinkedHashMap<>();
        for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            values.put(name, value(parser));
        }
        return values;
    }

    private static JsonNode value(JsonParser parser) throws IOException {
        var token = parser.nextToken();
        if (token == JsonToken.VALUE_NUMBER_FLOAT) {
            return DecimalNode.valueOf(parser.getDecimalValue());
        }
        return token == JsonToken.VALUE_NULL ? NullNode.instance : parser.readValueAsTree();
    }
}
