package io.drover.extension.manifest;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.drover.access.SecretNames;
import io.drover.extension.allowed.AllowedDirectories;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which details an extension knows at each level. Details that it does not know are allowed and delivered all the same. */
public record Configuration(@JsonValue Map<Level, Map<String, DetailField>> fields) {
    /** Of an extension that says nothing of its details. */
    public static final Configuration NONE = new Configuration(Map.of());

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Configuration {
        fields = Map.copyOf(fields);
    }

    /** The same for people: without the defaults of secret details. */
    public Configuration shown() {
        Map<Level, Map<String, DetailField>> all = new EnumMap<>(Level.class);
        fields.forEach((level, known) -> {
            Map<String, DetailField> shown = new LinkedHashMap<>();
            known.forEach((name, field) ->
                    shown.put(name, field.secret() || SecretNames.matches(name) ? field.masked() : field));
            all.put(level, shown);
        });
        return new Configuration(all);
    }

    /** The details known at this level, by name. */
    public Map<String, DetailField> at(Level level) {
        return fields.getOrDefault(level, Map.of());
    }

    /**
     * What is wrong with values of details at this level, by their names, in words that follow these. A detail that only other
     * levels know is wrong here.
     *
     * @param directories what paths are compared with; null to look at their form only
     */
    public Map<String, String> problems(
            Level level, Map<String, String> given, @Nullable AllowedDirectories directories) {
        Map<String, String> problems = new LinkedHashMap<>();
        given.forEach((name, value) ->
                problem(level, name, value, directories).ifPresent(problem -> problems.put(name, problem)));
        return problems;
    }

    private Optional<String> problem(Level level, String name, String value, @Nullable AllowedDirectories directories) {
        var field = field(level, name);
        if (field.isPresent()) {
            return field.get().problem(value, directories);
        }
        var others = levelsOf(name).stream().map(Level::wireName).toList();
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "is no detail of the " + level.wireName() + ", but of the " + String.join(" or the ", others));
    }

    /** What is said of a detail at this level. */
    public Optional<DetailField> field(Level level, String name) {
        return Optional.ofNullable(at(level).get(name));
    }

    /** The names of all details that are known at any level, in their order. */
    public Set<String> names() {
        var names = new TreeSet<String>();
        fields.values().forEach(level -> names.addAll(level.keySet()));
        return names;
    }

    /** The levels that know a detail of this name. */
    public List<Level> levelsOf(String name) {
        return List.of(Level.values()).stream()
                .filter(level -> at(level).containsKey(name))
                .toList();
    }

    /** The names of details that are secret at any level. */
    public Set<String> secrets() {
        return fields.values().stream()
                .flatMap(level -> level.entrySet().stream())
                .filter(field -> field.getValue().secret())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** The names that are required at one of these levels and have a value at none of the levels that know them. */
    public Map<Level, Set<String>> missing(Set<Level> levels, Map<Level, ? extends Map<String, String>> given) {
        Map<Level, Set<String>> missing = new EnumMap<>(Level.class);
        for (var level : levels) {
            var names = at(level).entrySet().stream()
                    .filter(field -> field.getValue().required())
                    .map(Map.Entry::getKey)
                    .filter(name -> levelsOf(name).stream().noneMatch(other -> has(given, other, name)))
                    .collect(Collectors.toSet());
            if (!names.isEmpty()) {
                missing.put(level, names);
            }
        }
        return missing;
    }

    private boolean has(Map<Level, ? extends Map<String, String>> given, Level level, String name) {
        var details = given.get(level);
        var field = at(level).get(name);
        return (details != null && details.containsKey(name)) || (field != null && field.defaultValue() != null);
    }
}
