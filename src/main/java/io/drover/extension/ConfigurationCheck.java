package io.drover.extension;

import io.drover.access.SecretNames;
import io.drover.access.SecretUrls;
import io.drover.extension.allowed.AllowedDirectories;
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
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Compares details with what manifests say of them: levels, types, forms, what is required, and where secrets go. */
@Component
class ConfigurationCheck implements DeclaredDetails {
    private static final Set<Level> OF_VM = Set.of(Level.TEMPLATE, Level.SERVICE_OFFERING, Level.VM);

    private final ExtensionRepository extensions;
    private final MappingRepository mappings;
    private final Details details;
    private final AllowedDirectories directories;

    ConfigurationCheck(
            ExtensionRepository extensions,
            MappingRepository mappings,
            Details details,
            AllowedDirectories directories) {
        this.extensions = extensions;
        this.mappings = mappings;
        this.details = details;
        this.directories = directories;
    }

    @Override
    public List<Violation> ofHost(UUID cluster, Map<String, String> given) {
        return extensionOf(cluster)
                .map(extension -> ofHost(extension.manifest(), levels(extension, cluster, given), ""))
                .orElse(List.of());
    }

    @Override
    public List<Violation> ofHostMoved(
            UUID from, UUID cluster, Map<String, String> before, Map<String, String> after, Set<String> anew) {
        var extension = extensionOf(cluster);
        if (extension.isEmpty()) {
            return List.of();
        }
        var old =
                extensionOf(from).map(known -> levels(known, from, before)).orElseGet(() -> Map.of(Level.HOST, before));
        var now = levels(extension.get(), cluster, after);
        return new SecretWayCheck(extension.get().manifest(), Level.HOST, "").redirected(old, now, anew);
    }

    private Optional<Extension> extensionOf(UUID cluster) {
        return mappings.ofCluster(cluster).flatMap(served -> extensions.byId(served.extensionId()));
    }

    private Map<Level, Map<String, String>> levels(Extension extension, UUID cluster, Map<String, String> ofHost) {
        Map<Level, Map<String, String>> all = new EnumMap<>(Level.class);
        all.put(Level.EXTENSION, details.of(DetailOwner.EXTENSION, extension.id()));
        mappings.ofCluster(cluster)
                .ifPresent(mapping -> all.put(Level.RESOURCE_MAP, details.of(DetailOwner.RESOURCE_MAP, mapping.id())));
        all.put(Level.HOST, ofHost);
        return all;
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
            violations.addAll(MissingDetails.find(manifest, Set.of(place.getKey()), all, place.getValue(), told::add));
        }
        violations.addAll(new SecretWayCheck(manifest, Level.HOST, prefix).astray(all));
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
        violations.addAll(
                MissingDetails.find(manifest, Set.of(Level.TEMPLATE), all, "", name -> manifest.configuration()
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
        var ofTemplate = details.of(DetailOwner.TEMPLATE, template.id());
        var ofOffering = details.of(DetailOwner.SERVICE_OFFERING, serviceOffering);
        Map<Level, Map<String, String>> all =
                Map.of(Level.TEMPLATE, ofTemplate, Level.SERVICE_OFFERING, ofOffering, Level.VM, given);
        var manifest = extension.manifest();
        var violations = new ArrayList<>(wrong(manifest, Level.VM, given, ""));
        violations.addAll(wrong(manifest, Level.TEMPLATE, ofTemplate, "/template"));
        violations.addAll(wrong(manifest, Level.SERVICE_OFFERING, ofOffering, "/serviceOffering"));
        violations.addAll(MissingDetails.find(
                manifest,
                OF_VM,
                all,
                "",
                name -> OF_VM.containsAll(manifest.configuration().levelsOf(name))));
        return violations;
    }

    @Override
    public List<Violation> ofChangedVm(@Nullable UUID cluster, @Nullable UUID template, Map<String, String> changes) {
        var extension = cluster != null ? extensionOf(cluster) : ofTemplate(template);
        return extension
                .map(known -> wrong(known.manifest(), Level.VM, changes, ""))
                .orElse(List.of());
    }

    private Optional<Extension> ofTemplate(@Nullable UUID template) {
        return template == null ? Optional.empty() : extensions.ofTemplate(template);
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
        manifest.configuration().problems(level, given, directories).forEach((name, rule) -> {
            boolean secret = manifest.secretDetails().contains(name) || SecretNames.matches(name);
            wrong.add(new Violation(
                    pointer(prefix, name), rule, secret ? null : SecretUrls.masked(given.getOrDefault(name, ""))));
        });
        return wrong;
    }

    static String pointer(String prefix, String name) {
        return prefix + "/details" + Violation.step(name);
    }
}
