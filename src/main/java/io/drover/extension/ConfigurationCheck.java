package io.drover.extension;

import io.drover.access.SecretNames;
import io.drover.access.SecretUrls;
import io.drover.extension.manifest.DetailField;
import io.drover.extension.manifest.ExtensionManifest;
import io.drover.extension.manifest.Level;
import io.drover.inventory.DeclaredDetails;
import io.drover.inventory.DetailOwner;
import io.drover.inventory.Details;
import io.drover.inventory.Template;
import io.drover.problem.Violation;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Compares details with what manifests say of them: types, options, and what is required. */
@Component
class ConfigurationCheck implements DeclaredDetails {
    private static final Set<Level> OF_VM = Set.of(Level.TEMPLATE, Level.SERVICE_OFFERING, Level.VM);

    private final ExtensionRepository extensions;
    private final MappingRepository mappings;
    private final Details details;

    ConfigurationCheck(ExtensionRepository extensions, MappingRepository mappings, Details details) {
        this.extensions = extensions;
        this.mappings = mappings;
        this.details = details;
    }

    @Override
    public List<Violation> ofHost(UUID cluster, Map<String, String> given) {
        var mapping = mappings.ofCluster(cluster);
        var extension = mapping.flatMap(served -> extensions.byId(served.extensionId()));
        if (extension.isEmpty()) {
            return List.of();
        }
        Map<Level, Map<String, String>> all = new EnumMap<>(Level.class);
        all.put(
                Level.EXTENSION,
                details.of(DetailOwner.EXTENSION, extension.get().id()));
        all.put(
                Level.RESOURCE_MAP,
                details.of(DetailOwner.RESOURCE_MAP, mapping.get().id()));
        all.put(Level.HOST, given);
        return ofHost(extension.get().manifest(), all, "");
    }

    /**
     * What is wrong with a host's details, and what is missing there, at its cluster's mapping or at the extension, each name
     * once.
     *
     * @param prefix the host's JSON pointer
     */
    List<Violation> ofHost(ExtensionManifest manifest, Map<Level, Map<String, String>> all, String prefix) {
        var violations = new ArrayList<>(wrong(manifest, Level.HOST, all.getOrDefault(Level.HOST, Map.of()), prefix));
        Set<String> told = new HashSet<>();
        for (var place : List.of(
                Map.entry(Level.HOST, prefix),
                Map.entry(Level.RESOURCE_MAP, "/cluster"),
                Map.entry(Level.EXTENSION, "/extension"))) {
            violations.addAll(missing(manifest, Set.of(place.getKey()), all, place.getValue(), told::add));
        }
        return violations;
    }

    /** What other levels may still give is not missing yet. */
    @Override
    public List<Violation> ofTemplate(UUID extension, Map<String, String> given) {
        var known = extensions.byId(extension);
        if (known.isEmpty()) {
            return List.of();
        }
        var manifest = known.get().manifest();
        var all = Map.of(Level.TEMPLATE, given);
        var violations = new ArrayList<>(wrong(manifest, Level.TEMPLATE, given, ""));
        violations.addAll(missing(manifest, Set.of(Level.TEMPLATE), all, "", name -> manifest.configuration()
                .levelsOf(name)
                .equals(List.of(Level.TEMPLATE))));
        return violations;
    }

    /** What hosts and the like may give as well is looked at when a host has been chosen. */
    @Override
    public List<Violation> ofVm(
            @Nullable UUID cluster, Template template, UUID serviceOffering, Map<String, String> given) {
        var served = cluster == null ? null : mappings.ofCluster(cluster).orElse(null);
        var id = served == null ? template.extensionId() : served.extensionId();
        var extension = id == null ? null : extensions.byId(id).orElse(null);
        if (extension == null) {
            return List.of();
        }
        Map<Level, Map<String, String>> all = Map.of(
                Level.TEMPLATE, details.of(DetailOwner.TEMPLATE, template.id()),
                Level.SERVICE_OFFERING, details.of(DetailOwner.SERVICE_OFFERING, serviceOffering),
                Level.VM, given);
        var manifest = extension.manifest();
        var violations = new ArrayList<>(wrong(manifest, Level.VM, given, ""));
        violations.addAll(missing(
                manifest,
                OF_VM,
                all,
                "",
                name -> OF_VM.containsAll(manifest.configuration().levelsOf(name))));
        return violations;
    }

    @Override
    public Set<String> reserved() {
        return extensions.all().stream()
                .flatMap(extension -> extension.manifest().reservedDetails().stream())
                .collect(Collectors.toSet());
    }

    /** @param prefix the JSON pointer of the thing that has the details */
    List<Violation> wrong(ExtensionManifest manifest, Level level, Map<String, String> given, String prefix) {
        List<Violation> wrong = new ArrayList<>();
        manifest.configuration().problems(level, given).forEach((name, rule) -> {
            boolean secret = manifest.secretDetails().contains(name) || SecretNames.matches(name);
            wrong.add(new Violation(pointer(prefix, name), rule, secret ? null : SecretUrls.masked(given.get(name))));
        });
        return wrong;
    }

    /**
     * What is required at these levels and given at none that knows it.
     *
     * @param told which names are told
     */
    private static List<Violation> missing(
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
                            pointer(prefix, name),
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

    private static String pointer(String prefix, String name) {
        return prefix + "/details" + Violation.step(name);
    }
}
