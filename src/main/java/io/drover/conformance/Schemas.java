package io.drover.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.io.ClassPathResource;

/** The published JSON Schemas, which the server has below {@code /schemas/}. */
public final class Schemas {
    private static final Map<String, JsonSchema> LOADED = new ConcurrentHashMap<>();
    private static final Set<String> PLAIN = Set.of("deploy", "start", "stop", "reboot", "delete");
    private static final Set<String> OWN = Set.of("prepare", "status", "statuses", "getconsole");

    private Schemas() {}

    /**
     * What is wrong with a document, in words; empty when nothing is.
     *
     * @param schema a file's name without its extension, e.g. {@code payload}
     */
    public static List<String> problems(String schema, JsonNode document) {
        return LOADED.computeIfAbsent(schema, Schemas::load).validate(document).stream()
                .map(ValidationMessage::getMessage)
                .sorted()
                .toList();
    }

    /** The schema of a successful answer to a verb, by Drover's name of it; custom actions share one. */
    static String ofAnswer(String verb) {
        return OWN.contains(verb) ? "answer-" + verb : PLAIN.contains(verb) ? "answer" : "answer-action";
    }

    private static JsonSchema load(String name) {
        try (var in = new ClassPathResource("static/schemas/" + name + ".json").getInputStream()) {
            return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(in);
        } catch (IOException e) {
            throw new UncheckedIOException("There is no schema " + name, e);
        }
    }
}
