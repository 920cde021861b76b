package io.drover.extension.manifest;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The fields of an answer that a definition calls secret: the name of a field, or a JSON pointer (RFC 6901) to one further in. */
public final class SecretFields {
    static final int MOST = 20;
    static final String FORM =
            "must be the name of a field, or a JSON pointer such as /console/token, of up to 200 characters";

    private static final int LONGEST = 200;
    private static final Pattern FORMS = Pattern.compile("[^/].*|(/([^~/]|~[01])+)+", Pattern.DOTALL);

    private SecretFields() {}

    static boolean isOne(String field) {
        return field.length() <= LONGEST && FORMS.matcher(field).matches();
    }

    /** Those of the fields that the answer has, under the names of the definition; nulls count as absent. */
    public static ObjectNode of(@Nullable JsonNode answer, Collection<String> fields) {
        var found = JsonNodeFactory.instance.objectNode();
        for (var field : fields) {
            var value = answer == null ? null : answer.at(pointer(field));
            if (value != null && !value.isMissingNode() && !value.isNull()) {
                found.set(field, value.deepCopy());
            }
        }
        return found;
    }

    /** The names of fields that were found. */
    public static List<String> names(ObjectNode found) {
        return found.properties().stream().map(Map.Entry::getKey).toList();
    }

    /** Every text and every number in a value. */
    public static List<String> texts(JsonNode value) {
        List<String> texts = new ArrayList<>();
        if (value.isTextual() || value.isNumber()) {
            texts.add(value.asText());
        }
        value.forEach(element -> texts.addAll(texts(element)));
        return texts;
    }

    /** The names that the fields themselves have, wherever they are. */
    public static List<String> lastNames(Collection<String> fields) {
        return fields.stream()
                .map(field -> pointer(field).last().getMatchingProperty())
                .toList();
    }

    private static JsonPointer pointer(String field) {
        return field.startsWith("/")
                ? JsonPointer.compile(field)
                : JsonPointer.empty().appendProperty(field);
    }
}
