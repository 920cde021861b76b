package io.drover.extension;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.problem.ProblemException;
import io.drover.problem.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes typed values out of a manifest's tree and collects everything that is wrong with them. */
final class ManifestFields {
    private static final String TEXT = "must be text; put a value that looks like a number, a date or a flag in quotes";

    private final JsonNode root;
    private final List<Violation> violations = new ArrayList<>();

    ManifestFields(JsonNode root, Set<String> known) {
        this.root = root;
        root.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                refuse("/" + name, "is not a field of a manifest; the fields are " + new TreeSet<>(known), name);
            }
        });
    }

    @Nullable
    String text(String field, int longest) {
        var node = root.get(field);
        if (node == null) {
            return null;
        }
        if (!node.isTextual()) {
            refuse("/" + field, TEXT, shown(node));
            return null;
        }
        var text = node.textValue().strip();
        if (text.isEmpty() || text.length() > longest) {
            refuse("/" + field, "must have 1 to " + longest + " characters", text);
            return null;
        }
        return text;
    }

    /** The value as it is written; null when it is absent. */
    @Nullable
    JsonNode any(String field) {
        return root.get(field);
    }

    boolean flag(String field) {
        var node = root.get(field);
        if (node == null || node.isBoolean()) {
            return node != null && node.booleanValue();
        }
        refuse("/" + field, "must be true or false", shown(node));
        return false;
    }

    /** A mapping to text whose values are never repeated in a refusal, since they may be secret. */
    Map<String, String> secretTexts(String field) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (var entry : mapping(field).entrySet()) {
            var pointer = "/" + field + "/" + entry.getKey();
            checkName(pointer, "detail", entry.getKey());
            if (entry.getValue().isTextual()) {
                texts.put(entry.getKey(), entry.getValue().textValue());
            } else {
                refuse(pointer, TEXT, null);
            }
        }
        return texts;
    }

    Map<String, JsonNode> mapping(String field) {
        var node = root.get(field);
        if (node != null && !node.isObject()) {
            refuse("/" + field, "must be a mapping", shown(node));
        }
        Map<String, JsonNode> members = new LinkedHashMap<>();
        if (node != null && node.isObject()) {
            node.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
        }
        return members;
    }

    /** @param what the kind of names in words, e.g. {@code detail} */
    Set<String> names(String field, String what) {
        Set<String> names = new LinkedHashSet<>();
        var node = root.get(field);
        if (node == null) {
            return names;
        }
        if (!node.isArray()) {
            refuse("/" + field, "must be a list of " + what + " names", shown(node));
            return names;
        }
        for (int i = 0; i < node.size(); i++) {
            var pointer = "/" + field + "/" + i;
            if (node.get(i).isTextual()) {
                checkName(pointer, what, node.get(i).textValue());
                names.add(node.get(i).textValue());
            } else {
                refuse(pointer, TEXT, shown(node.get(i)));
            }
        }
        return names;
    }

    /** The outcome of a check that refuses by exception, whose refusal is kept with the others; null when it refused. */
    <T> @Nullable T check(Supplier<T> check) {
        try {
            return check.get();
        } catch (ProblemException refusal) {
            violations.addAll(refusal.violations());
            return null;
        }
    }

    void refuse(String pointer, String message, @Nullable Object value) {
        violations.add(new Violation(pointer, message, value));
    }

    /** Throws all that was refused at once. */
    void finish() {
        if (!violations.isEmpty()) {
            throw ProblemException.invalid(violations);
        }
    }

    private void checkName(String pointer, String what, String name) {
        if (name.isBlank() || name.length() > 255 || name.chars().anyMatch(Character::isISOControl)) {
            refuse(pointer, "must be a " + what + " name: 1 to 255 characters, none of them a control character", name);
        }
    }

    static String shown(JsonNode node) {
        var text = node.toString();
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }
}
