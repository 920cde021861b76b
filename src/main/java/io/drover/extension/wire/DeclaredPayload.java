package io.drover.extension.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.extension.manifest.Configuration;
import io.drover.extension.manifest.DetailField;
import io.drover.extension.manifest.ExtensionManifest;
import io.drover.extension.manifest.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Brings a payload in line with what the extension's manifest says. */
public final class DeclaredPayload {
    private static final String DETAILS = "externaldetails";
    private static final Set<String> CREATING = Set.of("prepare", "deploy");
    private static final Set<Level> OF_VM = Set.of(Level.TEMPLATE, Level.SERVICE_OFFERING, Level.VM);

    private DeclaredPayload() {}

    /**
     * Fills in the defaults of details that have no value at any level that knows them.
     *
     * @return why the extension must not be asked: it does not support the verb, or lacks details that it requires; null when
     *     it may
     */
    public static @Nullable String complete(ObjectNode payload, String verb, ExtensionManifest manifest) {
        if (ExtensionManifest.VERBS.contains(verb) && !manifest.supports(verb)) {
            return "Extension '" + manifest.name() + "' does not support " + verb;
        }
        var configuration = manifest.configuration();
        List<String> missing = new ArrayList<>();
        for (var name : configuration.names()) {
            if (!hasValue(payload, configuration, name) && !fillIn(payload, configuration, name)) {
                configuration.levelsOf(name).stream()
                        .filter(level -> configuration
                                .field(level, name)
                                .filter(DetailField::required)
                                .isPresent())
                        .filter(level -> !OF_VM.contains(level) || CREATING.contains(verb))
                        .findFirst()
                        .ifPresent(level -> missing.add("'" + name + "' of the " + level.wireName()));
            }
        }
        return missing.isEmpty()
                ? null
                : "Extension '" + manifest.name() + "' requires the details " + String.join(", ", missing);
    }

    private static boolean hasValue(ObjectNode payload, Configuration configuration, String name) {
        return configuration.levelsOf(name).stream()
                .anyMatch(
                        level -> payload.path(DETAILS).path(level.payloadKey()).has(name));
    }

    /** Whether there is a default. */
    private static boolean fillIn(ObjectNode payload, Configuration configuration, String name) {
        boolean filled = false;
        for (var level : configuration.levelsOf(name)) {
            var value = configuration
                    .field(level, name)
                    .map(DetailField::defaultValue)
                    .orElse(null);
            if (value != null) {
                payload.withObjectProperty(DETAILS)
                        .withObjectProperty(level.payloadKey())
                        .put(name, value);
                filled = true;
            }
        }
        return filled;
    }
}
