package io.drover;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** What the served OpenAPI document says, operation by operation. */
final class ApiDocument {
    private final JsonNode document;
    private final JsonNode strict;

    ApiDocument(JsonNode document) {
        this.document = document;
        this.strict = closed(document.deepCopy());
    }

    List<Op> operations() {
        List<Op> operations = new ArrayList<>();
        document.path("paths").properties().forEach(path -> path.getValue()
                .properties()
                .forEach(method -> operations.add(
                        new Op(method.getKey().toUpperCase(Locale.ROOT), path.getKey(), method.getValue()))));
        return operations;
    }

    /** An operation of the document. */
    final class Op {
        final String method;
        final String path;
        private final JsonNode node;

        private Op(String method, String path, JsonNode node) {
            this.method = method;
            this.path = path;
            this.node = node;
        }

        String id() {
            return node.path("operationId").asText();
        }

        /** All codes that it may answer. */
        Set<Integer> codes() {
            var codes = new TreeSet<Integer>();
            node.path("responses").fieldNames().forEachRemaining(code -> codes.add(Integer.valueOf(code)));
            return codes;
        }

        /** The one code of success. */
        int success() {
            return codes().stream()
                    .filter(code -> code < 300)
                    .reduce((a, b) -> 0)
                    .orElse(0);
        }

        Set<String> roles() {
            var roles = new TreeSet<String>();
            node.path("x-roles").forEach(role -> roles.add(role.asText()));
            return roles;
        }

        /** The names of its parameters in the path, the query or the headers. */
        List<String> parameters(String in) {
            return StreamSupport.stream(node.path("parameters").spliterator(), false)
                    .filter(parameter -> parameter.path("in").asText().equals(in))
                    .map(parameter -> parameter.path("name").asText())
                    .toList();
        }

        /** What the document gives for the variables of the path; where it has nothing, something that is not there. */
        Map<String, String> names() {
            Map<String, String> names = new LinkedHashMap<>();
            node.path("parameters").forEach(parameter -> {
                if (parameter.path("in").asText().equals("path")) {
                    names.put(
                            parameter.path("name").asText(),
                            parameter.path("example").asText(UUID.randomUUID().toString()));
                }
            });
            return names;
        }

        String at(Map<String, String> names) {
            var address = path;
            for (var name : names.entrySet()) {
                address = address.replace("{" + name.getKey() + "}", name.getValue());
            }
            return address;
        }

        boolean takesBody() {
            return node.has("requestBody");
        }

        @Nullable
        String contentType() {
            Iterator<String> types = node.path("requestBody").path("content").fieldNames();
            return types.hasNext() ? types.next() : null;
        }

        JsonNode example() {
            return body().path("example");
        }

        /** The example as it is sent; nothing where there is none. */
        byte[] sent() {
            var example = example();
            return (example.isTextual() ? example.asText() : example.isMissingNode() ? "" : example.toString())
                    .getBytes(StandardCharsets.UTF_8);
        }

        /** The fields of its body by name; none if that is no JSON object. */
        Map<String, JsonNode> fields() {
            Map<String, JsonNode> fields = new LinkedHashMap<>();
            resolved(body().path("schema"))
                    .path("properties")
                    .properties()
                    .forEach(field -> fields.put(field.getKey(), resolved(field.getValue())));
            return fields;
        }

        boolean requires(String field) {
            return StreamSupport.stream(
                            resolved(body().path("schema")).path("required").spliterator(), false)
                    .anyMatch(name -> name.asText().equals(field));
        }

        boolean answersSomething() {
            return resolved(node.path("responses").path(String.valueOf(success())))
                    .has("content");
        }

        List<String> faultsOf(JsonNode sent) {
            return faults(body().path("schema"), sent);
        }

        private JsonNode body() {
            var content = node.path("requestBody").path("content").elements();
            return content.hasNext() ? content.next() : document.path("none");
        }

        /** What of an answer is not as the document says; empty when all is. */
        List<String> faultsOf(DroverClient.Answer answer) {
            var response = resolved(node.path("responses").path(String.valueOf(answer.status())));
            if (response.isMissingNode()) {
                return List.of("answers " + answer.status() + ", which is not documented: " + answer.text());
            }
            List<String> faults = new ArrayList<>();
            for (var header : List.of("Location", "ETag", "Retry-After")) {
                if (response.path("headers").has(header)
                        != answer.headers().firstValue(header).isPresent()) {
                    faults.add("the header " + header + " is documented, or there, but not both");
                }
            }
            var types = response.path("content");
            if (answer.text().isEmpty() && types.isEmpty()) {
                return faults;
            }
            var type = answer.contentType().replaceFirst(";.*", "");
            if (!types.has(type)) {
                faults.add("the form is " + type);
            } else if (type.endsWith("json")) {
                faults.addAll(faults(types.path(type).path("schema"), answer.json()));
            }
            return faults;
        }

        @Override
        public String toString() {
            return id() + " (" + method + " " + path + ")";
        }
    }

    private JsonNode resolved(JsonNode node) {
        var reference = node.path("$ref").asText();
        return reference.isEmpty() ? node : document.at(reference.substring(1));
    }

    private List<String> faults(JsonNode schema, JsonNode value) {
        var root = (ObjectNode) DroverClient.JSON.createObjectNode();
        root.set("components", strict.path("components"));
        root.setAll((ObjectNode) closed(schema.deepCopy()));
        return JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(
                        root,
                        SchemaValidatorsConfig.builder()
                                .formatAssertionsEnabled(true)
                                .build())
                .validate(value)
                .stream()
                .map(ValidationMessage::getMessage)
                .sorted()
                .toList();
    }

    /** The same, in which an object has no other fields than those that are said. */
    private static JsonNode closed(JsonNode node) {
        if (node instanceof ObjectNode object
                && object.path("properties").isObject()
                && !object.has("additionalProperties")
                && object.has("type")) {
            object.put("additionalProperties", false);
        }
        node.forEach(ApiDocument::closed);
        return node;
    }
}
