package io.drover.extension;

import io.drover.access.Actor;
import io.drover.access.RoleType;
import io.drover.history.History;
import io.drover.inventory.DetailOwner;
import io.drover.inventory.Details;
import io.drover.page.Page;
import io.drover.page.PageRequest;
import io.drover.problem.ProblemException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The registry of extensions and of the clusters they serve. References are names or ids. */
@Service
public class Extensions {
    private final ExtensionRepository repository;
    private final MappingRepository mappingRepository;
    private final RegisteredNames names;
    private final Creation creation;
    private final Removal removal;
    private final Mappings mappings;
    private final MappingCheck check;
    private final ExtensionScan scan;
    private final Details details;
    private final History history;

    Extensions(
            ExtensionRepository repository,
            MappingRepository mappingRepository,
            RegisteredNames names,
            Creation creation,
            Removal removal,
            Mappings mappings,
            MappingCheck check,
            ExtensionScan scan,
            Details details,
            History history) {
        this.repository = repository;
        this.mappingRepository = mappingRepository;
        this.names = names;
        this.creation = creation;
        this.removal = removal;
        this.mappings = mappings;
        this.check = check;
        this.scan = scan;
        this.details = details;
        this.history = history;
    }

    /**
     * Registers an extension in the folder of its name in the last of the directories. Without a path a missing or empty folder
     * gets a base script, a manifest and a README; one that has files is left as it is. A path leads to a file inside the
     * folder, which may be missing yet.
     *
     * @throws ProblemException when a value breaks its rule, the name is taken, or the folder has a manifest
     */
    @Transactional
    public Extension create(NewExtension extension, Actor actor) {
        return creation.create(extension, actor);
    }

    /** The extensions by name. */
    public Page<Extension> list(PageRequest page) {
        return repository.page(page);
    }

    /** The extension with this name or id. */
    public Extension get(String ref) {
        return names.find(ref);
    }

    /** The extension with this id. */
    public Extension get(UUID id) {
        return names.find(id.toString());
    }

    /** Changes what is not null in the update; details are replaced as a whole, by an Admin only, who alone may enable one, too. */
    @Transactional
    public Extension update(String ref, ExtensionUpdate update, Actor actor) {
        details.lock(DetailOwner.EXTENSION, names.find(ref).id());
        var extension = names.find(ref);
        Descriptions.check(update.description());
        if (update.enabled() != null) {
            setEnabled(extension, update.enabled(), actor);
        }
        Map<String, Object> changed = new LinkedHashMap<>();
        if (update.description() != null && !update.description().equals(extension.description())) {
            repository.describe(extension.id(), update.description());
            changed.put("description", update.description());
        }
        if (update.details() != null && replaceDetails(extension, update.details(), actor)) {
            changed.put("details", new TreeSet<>(update.details().keySet()));
        }
        if (!changed.isEmpty()) {
            history.append(actor, "extension.updated", Registration.subject(extension), changed);
        }
        return get(extension.id());
    }

    /** Lets operations use the extension; it stays as it is when they may already. Only an Admin may. */
    @Transactional
    public Extension enable(String ref, Actor actor) {
        return setEnabled(names.find(ref), true, actor);
    }

    /** Keeps operations from using the extension. */
    @Transactional
    public Extension disable(String ref, Actor actor) {
        return setEnabled(names.find(ref), false, actor);
    }

    /**
     * Takes an extension out of the registry. Without cleanup a folder that has a manifest is registered anew by the next scan.
     *
     * @param cleanup whether its folder is removed, too
     * @throws ProblemException when it is in use, came with Drover, or its folder is not Drover's to remove
     */
    @Transactional
    public void delete(String ref, boolean cleanup, Actor actor) {
        removal.delete(names.find(ref), cleanup, actor);
    }

    /** Registers new folders and takes over changed manifests, each by itself; tells what was wrong with the others. */
    public RescanReport rescan(Actor actor) {
        return scan.run(actor);
    }

    /** Lets the extension serve a cluster, which must not be served by one. */
    @Transactional
    public Mapping map(String ref, String cluster, Map<String, String> mappingDetails, Actor actor) {
        return mappings.map(names.find(ref), cluster, mappingDetails, actor);
    }

    /** Replaces the details of the mapping; a secret given as its mask keeps its value. */
    @Transactional
    public Mapping updateMapping(String ref, String cluster, Map<String, String> mappingDetails, Actor actor) {
        return mappings.update(names.find(ref), cluster, mappingDetails, actor);
    }

    /** The extension's mapping to a cluster, or a refusal {@code mapping-not-found}. */
    public Mapping mapping(String ref, String cluster) {
        return mappings.get(names.find(ref), cluster);
    }

    /** Ends the extension's service to the cluster and removes the mapping's details. */
    @Transactional
    public void unmap(String ref, String cluster, Actor actor) {
        mappings.unmap(names.find(ref), cluster, actor);
    }

    /** The clusters the extension serves, by name. */
    public List<Mapping> mappings(Extension extension) {
        return mappings.of(extension);
    }

    /** The extension that serves this cluster. */
    public Optional<Extension> ofCluster(UUID clusterId) {
        return mappingOf(clusterId).flatMap(mapping -> repository.byId(mapping.extensionId()));
    }

    /** The ids of all clusters that an extension serves, the longest served first. */
    public List<UUID> mappedClusters() {
        return mappingRepository.clusters();
    }

    /** The cluster's mapping to the extension that serves it. */
    public Optional<Mapping> mappingOf(UUID clusterId) {
        return mappingRepository.ofCluster(clusterId);
    }

    private boolean replaceDetails(Extension extension, Map<String, String> given, Actor actor) {
        check.extension(extension, given, actor);
        var before = details.of(DetailOwner.EXTENSION, extension.id());
        details.replace(
                DetailOwner.EXTENSION,
                extension.id(),
                given,
                extension.manifest().secretDetails());
        return !details.of(DetailOwner.EXTENSION, extension.id()).equals(before);
    }

    private Extension setEnabled(Extension extension, boolean enabled, Actor actor) {
        if (enabled && actor.role() != RoleType.ADMIN && !extension.enabled()) {
            throw ProblemException.forbidden("Only an Admin may enable extension '" + extension.name() + "'");
        }
        if (repository.enable(extension.id(), enabled)) {
            var kind = enabled ? "extension.enabled" : "extension.disabled";
            history.append(actor, kind, Registration.subject(extension), Map.of());
        }
        return get(extension.id());
    }
}
