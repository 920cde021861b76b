package io.drover.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/** Adds a body and names to each operation that it works with, from one file of examples. */
@Component
class DocumentedExamples implements OpenApiCustomizer {
    private static final String FILE = "api/examples.json";

    /** A variable of a path, and the kind of thing it is one of. */
    private static final Pattern VARIABLE = Pattern.compile("/([a-z-]+)/\\{([a-z]+)}");

    private final Examples examples;

    DocumentedExamples(ObjectMapper json) throws IOException {
        this.examples = json.readValue(new ClassPathResource(FILE).getContentAsByteArray(), Examples.class);
    }

    /**
     * What the file has.
     *
     * @param names of one thing of each kind, by the kind's path
     * @param bodies by operation
     */
    record Examples(Map<String, String> names, Map<String, JsonNode> bodies) {}

    @Override
    public void customise(OpenAPI document) {
        document.getPaths().forEach((path, item) -> item.readOperations().forEach(operation -> {
            addNames(path, operation);
            addBody(operation);
        }));
    }

    private void addNames(String path, Operation operation) {
        VARIABLE.matcher(path).results().forEach(variable -> {
            var name = examples.names().get(variable.group(1));
            Objects.requireNonNullElse(operation.getParameters(), List.<Parameter>of()).stream()
                    .filter(parameter -> parameter.getIn().equals("path")
                            && parameter.getName().equals(variable.group(2)))
                    .forEach(parameter -> parameter.setExample(name));
        });
    }

    private void addBody(Operation operation) {
        if (operation.getRequestBody() == null) {
            return;
        }
        operation.getRequestBody().getContent().forEach((type, body) -> {
            if (PlainXml.is(type)) {
                body.setExample(diagram());
            } else {
                body.setExample(examples.bodies().get(operation.getOperationId()));
            }
        });
    }

    private String diagram() {
        try {
            return new ClassPathResource("bpmn/" + examples.names().get("processes") + ".bpmn")
                    .getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
