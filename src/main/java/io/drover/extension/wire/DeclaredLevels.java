package io.drover.extension.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.extension.allowed.AllowedDirectories;
import io.drover.extension.manifest.ExtensionManifest;
import io.drover.extension.manifest.Level;
import io.drover.extension.manifest.SecretWays;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Looks once more, before a program is called, whether details are what its manifest declares: they may have been set before it
 * said so, through another door, or be about a directory that has become another one.
 */
@Component
public class DeclaredLevels {
    private static final Set<String> ENDING = Set.of("stop", "delete", "status", "statuses", "getconsole");
    private static final List<Level> OF_VM = List.of(Level.SERVICE_OFFERING, Level.TEMPLATE, Level.VM);

    private final AllowedDirectories directories;

    DeclaredLevels(AllowedDirectories directories) {
        this.directories = directories;
    }

    /**
     * Why the program must not be asked; null when it may. What is wrong with a VM, its template or offering does not keep the VM
     * from being looked at or ended: it is taken out of the payload then.
     *
     * @param levels the details of each level, before defaults
     */
    public @Nullable String check(
            ObjectNode payload, Map<Level, Map<String, String>> levels, String verb, ExtensionManifest manifest) {
        List<String> wrong = new ArrayList<>();
        var effective = effective(levels);
        effective.forEach((level, details) -> manifest.configuration()
                .problems(level, details, directories)
                .forEach((name, problem) -> {
                    if (ENDING.contains(verb) && OF_VM.contains(level)) {
                        remove(payload, level, name, manifest.plainDetails());
                    } else {
                        wrong.add("'" + name + "' of the " + level + " " + problem);
                    }
                }));
        new SecretWays(manifest)
                .astray(levels)
                .forEach(astray -> wrong.add("'" + astray.address() + "' " + astray.message()));
        return wrong.isEmpty()
                ? null
                : "Extension '" + manifest.name() + "' is not called with details that it must not have: "
                        + String.join("; ", wrong);
    }

    /** Without what another level of the VM's overrides. */
    private static Map<Level, Map<String, String>> effective(Map<Level, Map<String, String>> levels) {
        Map<Level, Map<String, String>> effective = new EnumMap<>(Level.class);
        levels.forEach((level, details) -> effective.put(level, new TreeMap<>(details)));
        for (int i = 0; i < OF_VM.size(); i++) {
            for (var later : OF_VM.subList(i + 1, OF_VM.size())) {
                effective
                        .getOrDefault(OF_VM.get(i), Map.of())
                        .keySet()
                        .removeAll(levels.getOrDefault(later, Map.of()).keySet());
            }
        }
        return effective;
    }

    private static void remove(ObjectNode payload, Level level, String name, Set<String> plain) {
        if (payload.path("externaldetails").path(level.payloadKey()) instanceof ObjectNode details) {
            details.remove(name);
        }
        if (payload.path("cloudstack.vm.details").path("details") instanceof ObjectNode details) {
            var prefixed = details.remove("External:" + name);
            if (prefixed != null && plain.contains(name) && prefixed.equals(details.path(name))) {
                details.remove(name);
            }
        }
    }
}
