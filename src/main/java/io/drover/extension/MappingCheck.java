package io.drover.extension;

import io.drover.access.Actor;
import io.drover.access.RoleType;
import io.drover.access.SecretNames;
import io.drover.extension.manifest.Level;
import io.drover.inventory.DetailOwner;
import io.drover.inventory.Details;
import io.drover.problem.ProblemException;
import io.drover.problem.Violation;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
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
     * @param actor only an Admin may send secrets that are kept elsewhere
     * @throws ProblemException naming every detail that is missing or wrong
     */
    void mapping(Extension extension, UUID mapping, UUID cluster, Map<String, @Nullable String> given, Actor actor) {
        var all = resolved(DetailOwner.RESOURCE_MAP, mapping, given);
        var manifest = extension.manifest();
        var ofExtension = details.of(DetailOwner.EXTENSION, extension.id());
        var violations = new ArrayList<>(configuration.wrong(manifest, Level.RESOURCE_MAP, all, ""));
        var levels = Map.of(Level.EXTENSION, ofExtension, Level.RESOURCE_MAP, all);
        violations.addAll(new SecretWayCheck(manifest, Level.RESOURCE_MAP, "").astray(levels));
        violations.addAll(cluster(extension, cluster, ofExtension, all));
        if (actor.role() != RoleType.ADMIN) {
            var stored = details.of(DetailOwner.RESOURCE_MAP, mapping);
            violations.addAll(redirected(extension, cluster, ofExtension, stored, all, given));
        }
        refuse(violations);
    }

    private List<Violation> redirected(
            Extension extension,
            UUID cluster,
            Map<String, String> ofExtension,
            Map<String, String> before,
            Map<String, String> after,
            Map<String, @Nullable String> given) {
        var hosts = mappings.hosts(cluster).keySet();
        List<Map<String, String>> ofHosts =
                new ArrayList<>(details.of(DetailOwner.HOST, hosts).values());
        ofHosts.add(Map.of());
        var check = new SecretWayCheck(extension.manifest(), Level.RESOURCE_MAP, "");
        List<Violation> violations = new ArrayList<>();
        for (var ofHost : ofHosts) {
            var old = Map.of(Level.EXTENSION, ofExtension, Level.RESOURCE_MAP, before, Level.HOST, ofHost);
            var now = Map.of(Level.EXTENSION, ofExtension, Level.RESOURCE_MAP, after, Level.HOST, ofHost);
            var anew = new HashSet<>(SecretNames.given(given));
            anew.removeAll(ofHost.keySet());
            violations.addAll(check.redirected(old, now, anew));
        }
        return violations;
    }

    /** @throws ProblemException naming every detail that is wrong, or missing for a cluster that the extension serves */
    void extension(Extension extension, Map<String, @Nullable String> given, Actor actor) {
        if (actor.role() != RoleType.ADMIN) {
            throw ProblemException.forbidden("Only an Admin may change the details of extension '" + extension.name()
                    + "'; those of its mappings and hosts go before them");
        }
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
