package io.drover.extension;

import io.drover.access.Actor;
import io.drover.history.History;
import io.drover.inventory.Host;
import io.drover.inventory.Hosts;
import io.drover.problem.ProblemException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Tries a version of an extension out on single hosts, before every host runs it. */
@Service
public class Canaries {
    private final CanaryRepository repository;
    private final VersionChange versions;
    private final RegisteredNames names;
    private final MappingRepository mappings;
    private final ExtensionNodes nodes;
    private final Hosts hosts;
    private final History history;

    Canaries(
            CanaryRepository repository,
            VersionChange versions,
            RegisteredNames names,
            MappingRepository mappings,
            ExtensionNodes nodes,
            Hosts hosts,
            History history) {
        this.repository = repository;
        this.versions = versions;
        this.names = names;
        this.mappings = mappings;
        this.nodes = nodes;
        this.hosts = hosts;
        this.history = history;
    }

    /** The extension as VMs on the host are run with it: with the version that is tried out there, if one is. */
    public Extension on(UUID host, Extension extension) {
        return extension.managed()
                ? repository
                        .on(host, extension.id())
                        .map(digest -> nodes.atVersion(extension, digest))
                        .orElse(extension)
                : extension;
    }

    /** The names of the hosts that versions of an extension are tried out on, by digest. */
    public Map<String, List<String>> hosts(UUID extension) {
        var digests = repository.of(extension);
        Map<String, List<String>> byDigest = new HashMap<>();
        hosts.names(digests.keySet()).entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .forEach(host -> byDigest.computeIfAbsent(digests.get(host.getKey()), digest -> new ArrayList<>())
                        .add(host.getValue()));
        return byDigest;
    }

    /**
     * Has actions on the VMs of a host use a version from now on, until this is ended or any version is activated.
     *
     * @throws ProblemException when there is no such version or host, the version is the active one, the extension has folders
     *     instead of versions, or the host's cluster is not the extension's
     */
    @Transactional
    public ExtensionVersion begin(String ref, String digest, String hostRef, Actor actor) {
        var extension = names.find(ref);
        var version = versions.find(extension, digest);
        var host = hosts.get(hostRef);
        requireFit(extension, version, host);
        repository.set(extension.id(), host.id(), version.digest());
        tell("extension.canary-begun", extension, version, host, actor);
        return version;
    }

    /**
     * Has the host run what all others do.
     *
     * @throws ProblemException when the version is not tried out there
     */
    @Transactional
    public void end(String ref, String digest, String hostRef, Actor actor) {
        var extension = names.find(ref);
        var version = versions.find(extension, digest);
        var host = hosts.get(hostRef);
        if (!repository
                .on(host.id(), extension.id())
                .filter(version.digest()::equals)
                .isPresent()) {
            throw ProblemException.notFound("canary", host.name());
        }
        repository.end(extension.id(), host.id());
        tell("extension.canary-ended", extension, version, host, actor);
    }

    private void requireFit(Extension extension, ExtensionVersion version, Host host) {
        if (!extension.managed()) {
            throw ProblemException.conflict(
                    "extension-not-managed",
                    "Extension '" + extension.name() + "' has a folder on each node, so all hosts run what is in it");
        }
        if (version.digest().equals(extension.digest())) {
            throw ProblemException.conflict(
                    "version-active",
                    "Extension '" + extension.name() + "' runs version " + version.digest() + " on all hosts");
        }
        if (mappings.ofCluster(host.clusterId())
                .filter(mapping -> mapping.extensionId().equals(extension.id()))
                .isEmpty()) {
            throw ProblemException.conflict(
                    "cluster-not-mapped",
                    "The cluster of host '" + host.name() + "' is not mapped to extension '" + extension.name() + "'");
        }
    }

    private void tell(String kind, Extension extension, ExtensionVersion version, Host host, Actor actor) {
        var body = Map.of(
                "version", version.manifest().version(),
                "digest", version.digest(),
                "host", host.name());
        history.append(actor, kind, Registration.subject(extension), body);
    }
}
