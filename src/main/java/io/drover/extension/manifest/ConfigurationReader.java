package io.drover.extension.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what a manifest says of details, level by level. */
final class ConfigurationReader {
    private static final Set<String> FIELDS = Stream.concat(
                    Stream.of("type", "required", "default", "secret", "description", "options"),
                    DetailFormReader.FIELDS.stream())
            .collect(Collectors.toUnmodifiableSet());

    private final ManifestFields manifest;

    ConfigurationReader(ManifestFields manifest) {
        this.manifest = manifest;
    }

    /** The details known at each level. */
    Configuration read() {
        Map<Level, Map<String, DetailField>> levels = new EnumMap<>(Level.class);
        manifest.mapping("configuration").forEach((name, node) -> {
            var pointer = "/configuration/" + name;
            if (!Level.wireNames().contains(name)) {
                refuseLevel(pointer, name);
                return;
            }
            Map<String, DetailField> known = new LinkedHashMap<>();
            var level = manifest.part(node, pointer, names(node));
            names(node).forEach(detail -> {
                level.checkName("/" + detail, "detail", detail);
                known.put(detail, field(level.part(node.get(detail), "/" + detail, FIELDS)));
            });
            levels.put(Level.named(name), known);
        });
        return new Configuration(levels);
    }

    /** The details for the conformance kit. */
    Map<Level, Map<String, String>> conformance() {
        Map<Level, Map<String, String>> details = new EnumMap<>(Level.class);
        var node = manifest.any("conformance");
        if (node == null) {
            return details;
        }
        var section = manifest.part(node, "/conformance", Set.of("details"));
        var levels = section.any("details");
        if (levels != null) {
            var fields = section.part(levels, "/details", Set.copyOf(Level.wireNames()));
            for (var level : Level.values()) {
                var values = fields.secretTexts(level.wireName());
                if (!values.isEmpty()) {
                    details.put(level, values);
                }
            }
        }
        return details;
    }

    private static DetailField field(ManifestFields fields) {
        var type = Objects.requireNonNullElse(fields.oneOf("type", DetailType.class), DetailType.STRING);
        var form = new DetailFormReader(fields);
        var options = fields.texts("options");
        var value = fields.text("default", 1000);
        var field = new DetailField(
                type,
                fields.flag("required", false),
                value,
                fields.flag("secret", false),
                fields.text("description", 1000),
                options,
                form.read(type),
                form.directs());
        for (int i = 0; i < options.size(); i++) {
            if (!field.type().accepts(options.get(i))) {
                fields.refuse("/options/" + i, "must be " + field.type().description(), options.get(i));
            }
        }
        if (value != null) {
            field.problem(value).ifPresent(problem -> fields.refuse("/default", problem, value));
        }
        return field;
    }

    private void refuseLevel(String pointer, String name) {
        manifest.refuse(pointer, "is not a level; the levels are " + Level.wireNames(), name);
    }

    private static Set<String> names(JsonNode node) {
        Map<String, JsonNode> members = new LinkedHashMap<>();
        node.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
        return members.keySet();
    }
}
