package io.drover.extension;

import io.drover.extension.manifest.DetailField;
import io.drover.extension.manifest.ExtensionManifest;
import io.drover.extension.manifest.Level;
import io.drover.problem.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What manifests require and nobody has given. */
final class MissingDetails {
    private MissingDetails() {}

    /**
     * What is required at these levels and given at none that knows it.
     *
     * @param told which names are told
     */
    static List<Violation> find(
            ExtensionManifest manifest,
            Set<Level> levels,
            Map<Level, Map<String, String>> given,
            String prefix,
            Predicate<String> told) {
        List<Violation> missing = new ArrayList<>();
        manifest.configuration()
                .missing(levels, given)
                .forEach((level, names) -> names.stream().sorted().filter(told).forEach(name -> {
                    var what = manifest.configuration()
                            .field(level, name)
                            .map(DetailField::description)
                            .map(description -> ": " + description)
                            .orElse("");
                    missing.add(new Violation(
                            ConfigurationCheck.pointer(prefix, name),
                            "is missing; extension '" + manifest.name() + "' requires it of the "
                                    + places(manifest, name) + what,
                            null));
                }));
        return missing;
    }

    private static String places(ExtensionManifest manifest, String name) {
        return manifest.configuration().levelsOf(name).stream()
                .map(Level::wireName)
                .collect(Collectors.joining(" or the "));
    }
}
