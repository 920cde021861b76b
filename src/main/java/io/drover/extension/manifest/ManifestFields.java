package io.drover.extension.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.problem.ProblemException;
import io.drover.problem.Violation;
import io.drover.text.Cut;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Takes typed values out of a manifest's tree and collects everything that is wrong with them. */
final class ManifestFields {
    private static final String TEXT = "must be text; put a value that looks like a number, a date or a flag in quotes";

    private final JsonNode root;
    private final String prefix;
    private final List<Violation> violations;

    /** The fields of a whole document. */
    ManifestFields(JsonNode root, Set<String> known) {
        this(root, "", known, new ArrayList<>());
    }

    /** The fields of the part of a document that this JSON pointer leads to; what is not an object has none. */
    ManifestFields(JsonNode root, String prefix, Set<String> known, List<Violation> violations) {
        this.root = root;
        this.prefix = prefix;
        this.violations = violations;
        if (!root.isObject()) {
            violations.add(new Violation(prefix, "must be a mapping", shown(root)));
        }
        root.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                refuse("/" + name, "is not a field here; the fields are " + new TreeSet<>(known), name);
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
        boolean fits = !text.isEmpty() && text.length() <= longest;
        if (!fits) {
            refuse("/" + field, "must have 1 to " + longest + " characters", text);
        }
        return fits ? text : null;
    }

    /** The value as it is written; null when it is absent. */
    @Nullable
    JsonNode any(String field) {
        return root.get(field);
    }

    boolean flag(String field, boolean otherwise) {
        var node = root.get(field);
        if (node == null) {
            return otherwise;
        }
        if (!node.isBoolean()) {
            refuse("/" + field, "must be true or false", shown(node));
        }
        return node.booleanValue();
    }

    /** Whole seconds from 1 to 86400; null when absent or refused. */
    @Nullable
    Integer seconds(String pointer, @Nullable JsonNode value) {
        if (value == null || (value.isInt() && value.intValue() >= 1 && value.intValue() <= 86_400)) {
            return value == null ? null : value.intValue();
        }
        refuse(pointer, "must be whole seconds from 1 to 86400", shown(value));
        return null;
    }

    /** The constant of this name; null when absent or refused. */
    <E extends Enum<E>> @Nullable E oneOf(String field, Class<E> type) {
        var text = text(field, 40);
        var names = Stream.of(type.getEnumConstants()).collect(Collectors.toMap(E::toString, Function.identity()));
        if (text != null && !names.containsKey(text)) {
            refuse("/" + field, "must be one of " + new TreeSet<>(names.keySet()), text);
        }
        return names.get(text);
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
        if (node != null) {
            node.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
        }
        return members;
    }

    /** @param what the kind of names in words, e.g. {@code detail} */
    Set<String> names(String field, String what) {
        Set<String> names = new LinkedHashSet<>();
        var texts = texts(field);
        for (int i = 0; i < texts.size(); i++) {
            checkName("/" + field + "/" + i, what, texts.get(i));
            names.add(texts.get(i));
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

    /** @param pointer below this part */
    void refuse(String pointer, String message, @Nullable Object value) {
        violations.add(new Violation(prefix + pointer, message, value));
    }

    /** The same kind of reader for a part of this one. */
    ManifestFields part(JsonNode node, String pointer, Set<String> fields) {
        return new ManifestFields(node, prefix + pointer, fields, violations);
    }

    /** The elements of a list; none when it is absent. */
    List<JsonNode> list(String field) {
        var node = root.get(field);
        if (node != null && !node.isArray()) {
            refuse("/" + field, "must be a list", shown(node));
        }
        return node == null || !node.isArray() ? List.of() : node.valueStream().toList();
    }

    /** Throws all that was refused at once. */
    void finish() {
        if (!violations.isEmpty()) {
            throw ProblemException.invalid(violations);
        }
    }

    /** A list of texts; those that are none are refused and left out. */
    List<String> texts(String field) {
        List<String> texts = new ArrayList<>();
        var elements = list(field);
        for (int i = 0; i < elements.size(); i++) {
            if (elements.get(i).isTextual()) {
                texts.add(elements.get(i).textValue());
            } else {
                refuse("/" + field + "/" + i, TEXT, shown(elements.get(i)));
            }
        }
        return texts;
    }

    void checkName(String pointer, String what, String name) {
        if (name.isBlank() || name.length() > 255 || name.chars().anyMatch(Character::isISOControl)) {
            refuse(pointer, "must be a " + what + " name: 1 to 255 characters, none of them a control character", name);
        }
    }

    static String shown(JsonNode node) {
        return Cut.to(100, node.toString());
    }
}
