package io.drover.extension;

import io.drover.access.SecretNames;
import io.drover.extension.manifest.Level;
import io.drover.inventory.DetailOwner;
import io.drover.inventory.Details;
import io.drover.problem.ProblemException;
import io.drover.problem.Violation;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Whether a cluster has all the details that the extension which serves it requires, before its first VM fails for want of one. */
@Component
class MappingCheck {
    private final ConfigurationCheck configuration;
    private final MappingRepository mappings;
    private final Details details;

    MappingCheck(ConfigurationCheck configuration, MappingRepository mappings, Details details) {
        this.configuration = configuration;
        this.mappings = mappings;
        this.details = details;
    }

    /**
     * @param mapping its id, for secrets that are given as their mask
     * @throws ProblemException naming every detail that is missing or wrong
     */
    void mapping(Extension extension, UUID mapping, UUID cluster, Map<String, @Nullable String> given) {
        var all = resolved(DetailOwner.RESOURCE_MAP, mapping, given);
        var violations = new ArrayList<>(configuration.wrong(extension.manifest(), Level.RESOURCE_MAP, all, ""));
        violations.addAll(cluster(extension, cluster, details.of(DetailOwner.EXTENSION, extension.id()), all));
        refuse(violations);
    }

    /** @throws ProblemException naming every detail that is wrong, or missing for a cluster that the extension serves */
    void extension(Extension extension, Map<String, @Nullable String> given) {
        var all = resolved(DetailOwner.EXTENSION, extension.id(), given);
        var violations = new ArrayList<>(configuration.wrong(extension.manifest(), Level.EXTENSION, all, ""));
        for (var mapping : mappings.ofExtension(extension.id())) {
            var ofMapping = details.of(DetailOwner.RESOURCE_MAP, mapping.id());
            violations.addAll(cluster(extension, mapping.clusterId(), all, ofMapping));
        }
        refuse(violations);
    }

    private List<Violation> cluster(
            Extension extension, UUID cluster, Map<String, String> ofExtension, Map<String, String> ofMapping) {
        Map<Level, Map<String, String>> given = new EnumMap<>(Level.class);
        given.put(Level.EXTENSION, ofExtension);
        given.put(Level.RESOURCE_MAP, ofMapping);
        List<Violation> violations = new ArrayList<>();
        var hosts = mappings.hosts(cluster);
        var ofHosts = details.of(DetailOwner.HOST, hosts.keySet());
        hosts.forEach((id, name) -> {
            given.put(Level.HOST, ofHosts.getOrDefault(id, Map.of()));
            violations.addAll(configuration.ofHost(extension.manifest(), given, "/hosts/" + name));
        });
        return violations;
    }

    private Map<String, String> resolved(DetailOwner kind, UUID owner, Map<String, @Nullable String> given) {
        var stored = details.of(kind, owner);
        Map<String, String> all = new TreeMap<>();
        given.forEach((name, value) -> {
            var kept = SecretNames.MASK.equals(value) ? stored.get(name) : value;
            if (kept != null) {
                all.put(name, kept);
            }
        });
        return all;
    }

    /** What several hosts lack for the same reason is told once. */
    private static void refuse(List<Violation> violations) {
        if (!violations.isEmpty()) {
            throw ProblemException.invalid(violations.stream().distinct().toList());
        }
    }
}
