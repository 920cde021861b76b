package io.drover.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.drover.extension.manifest.Level;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** A file with details by level. YAML, of which JSON is a part. */
final class DetailsFile {
    private DetailsFile() {}

    static Map<Level, Map<String, String>> read(Path file) {
        JsonNode root;
        try {
            root = new ObjectMapper(new YAMLFactory()).readTree(file.toFile());
        } catch (IOException e) {
            throw new CommandLines.Refusal("The details in " + file + " cannot be read: " + e.getMessage());
        }
        if (root == null || !root.isObject()) {
            throw refusal(file, "must map levels to details");
        }
        Map<Level, Map<String, String>> details = new EnumMap<>(Level.class);
        root.properties().forEach(level -> details.put(level(file, level.getKey()), values(file, level)));
        return details;
    }

    private static Level level(Path file, String name) {
        for (var level : Level.values()) {
            if (level.wireName().equals(name)) {
                return level;
            }
        }
        throw refusal(file, "has the level " + name + ", but the levels are " + java.util.List.of(Level.values()));
    }

    private static Map<String, String> values(Path file, Map.Entry<String, JsonNode> level) {
        if (!level.getValue().isObject()) {
            throw refusal(file, "must have details below " + level.getKey());
        }
        Map<String, String> values = new LinkedHashMap<>();
        level.getValue().properties().forEach(detail -> {
            if (!detail.getValue().isValueNode()) {
                throw refusal(file, "must have text at " + level.getKey() + "." + detail.getKey());
            }
            values.put(detail.getKey(), detail.getValue().asText());
        });
        return values;
    }

    private static CommandLines.Refusal refusal(Path file, String rule) {
        return new CommandLines.Refusal("The details file " + file + " " + rule);
    }
}
