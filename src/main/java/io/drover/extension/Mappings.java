package io.drover.extension;

import io.drover.access.Actor;
import io.drover.history.History;
import io.drover.inventory.Clusters;
import io.drover.inventory.DetailOwner;
import io.drover.inventory.Details;
import io.drover.problem.ProblemException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/** Which cluster is served by which extension, written in the transaction of the caller. */
@Component
class Mappings {
    private final MappingRepository repository;
    private final RegisteredNames extensions;
    private final Clusters clusters;
    private final MappingCheck check;
    private final Details details;
    private final History history;
    private final Clock clock;

    Mappings(
            MappingRepository repository,
            RegisteredNames extensions,
            Clusters clusters,
            MappingCheck check,
            Details details,
            History history,
            Clock clock) {
        this.repository = repository;
        this.extensions = extensions;
        this.clusters = clusters;
        this.check = check;
        this.details = details;
        this.history = history;
        this.clock = clock;
    }

    Mapping map(Extension extension, String clusterRef, Map<String, String> values, Actor actor) {
        var cluster = clusters.get(clusterRef);
        repository.ofCluster(cluster.id()).ifPresent(taken -> {
            throw taken(cluster.name(), extensions.nameOf(taken.extensionId()));
        });
        var mapping = new Mapping(UUID.randomUUID(), extension.id(), cluster.id(), cluster.name());
        check.mapping(extension, mapping.id(), cluster.id(), values, actor);
        try {
            repository.add(mapping, Instant.now(clock));
        } catch (DuplicateKeyException e) {
            throw taken(cluster.name(), "another");
        }
        write(extension, mapping, values);
        append(actor, "extension.mapped", extension, mapping, values);
        return mapping;
    }

    Mapping update(Extension extension, String clusterRef, Map<String, String> values, Actor actor) {
        var mapping = get(extension, clusterRef);
        details.lock(DetailOwner.RESOURCE_MAP, mapping.id());
        check.mapping(extension, mapping.id(), mapping.clusterId(), values, actor);
        var before = details.of(DetailOwner.RESOURCE_MAP, mapping.id());
        write(extension, mapping, values);
        if (!details.of(DetailOwner.RESOURCE_MAP, mapping.id()).equals(before)) {
            append(actor, "extension.mapping-updated", extension, mapping, values);
        }
        return mapping;
    }

    void unmap(Extension extension, String clusterRef, Actor actor) {
        var mapping = get(extension, clusterRef);
        long vms = repository.countVms(mapping.clusterId());
        if (vms > 0) {
            throw ProblemException.conflict(
                    "cluster-in-use",
                    "Cluster '" + mapping.clusterName() + "' has " + vms + " VMs that only extension '"
                            + extension.name() + "' can reach; delete them first");
        }
        write(extension, mapping, Map.of());
        repository.delete(mapping.id());
        append(actor, "extension.unmapped", extension, mapping, Map.of());
    }

    List<Mapping> of(Extension extension) {
        return repository.ofExtension(extension.id());
    }

    Mapping get(Extension extension, String clusterRef) {
        var cluster = clusters.get(clusterRef);
        return repository
                .ofCluster(cluster.id())
                .filter(mapping -> mapping.extensionId().equals(extension.id()))
                .orElseThrow(() -> new ProblemException(
                        ProblemException.Kind.NOT_FOUND,
                        "mapping-not-found",
                        "Extension '" + extension.name() + "' is not mapped to cluster '" + cluster.name() + "'"));
    }

    private void write(Extension extension, Mapping mapping, Map<String, String> values) {
        details.replace(
                DetailOwner.RESOURCE_MAP,
                mapping.id(),
                values,
                extension.manifest().secretDetails());
    }

    private void append(Actor actor, String kind, Extension extension, Mapping mapping, Map<String, String> values) {
        history.append(
                actor,
                kind,
                Registration.subject(extension),
                Map.of(
                        "cluster",
                        mapping.clusterName(),
                        "clusterId",
                        mapping.clusterId(),
                        "details",
                        new TreeSet<>(values.keySet())));
    }

    private static ProblemException taken(String cluster, String extension) {
        return ProblemException.conflict(
                        "cluster-mapped",
                        "Cluster '" + cluster + "' is mapped to extension '" + extension
                                + "'; a cluster has one extension")
                .with("extension", extension);
    }
}
