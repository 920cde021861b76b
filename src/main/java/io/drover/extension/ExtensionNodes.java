package io.drover.extension;

import io.drover.node.Nodes;
import io.drover.node.ThisNode;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** On which nodes an extension can be run, and which files an action is run with. */
@Service
public class ExtensionNodes {
    private final ReadinessCheck check;
    private final ReadinessRepository repository;
    private final VersionRepository versions;
    private final ExtensionFolders folders;
    private final Nodes nodes;
    private final ThisNode self;
    private final Clock clock;

    ExtensionNodes(
            ReadinessCheck check,
            ReadinessRepository repository,
            VersionRepository versions,
            ExtensionFolders folders,
            Nodes nodes,
            ThisNode self,
            Clock clock) {
        this.check = check;
        this.repository = repository;
        this.versions = versions;
        this.folders = folders;
        this.nodes = nodes;
        this.self = self;
        this.clock = clock;
    }

    /** Whether the extension can be run on this node now, whether or not it is enabled. */
    public Readiness here(Extension extension) {
        return check.of(extension);
    }

    /** What the nodes that are up have found, this one, the first, by looking now. */
    public List<NodeReadiness> everywhere(Extension extension) {
        var here = new NodeReadiness(self.name(), here(extension), Instant.now(clock));
        return Stream.concat(Stream.of(here), elsewhere(extension)).toList();
    }

    /** Whether another node that is up can run the extension. */
    public boolean isReadyElsewhere(Extension extension) {
        return elsewhere(extension).anyMatch(node -> node.readiness().ready());
    }

    private Stream<NodeReadiness> elsewhere(Extension extension) {
        var up = nodes.othersUp();
        return repository.of(extension.id()).stream().filter(row -> up.contains(row.node()));
    }

    /**
     * The extension as the version with this digest has it; as it is now when it has a folder. It is not
     * ready when the version is no longer there.
     */
    public Extension atVersion(Extension extension, @Nullable String digest) {
        if (!extension.managed() || digest == null || digest.equals(extension.digest())) {
            return extension;
        }
        var manifest = versions.find(extension.id(), digest)
                .map(ExtensionVersion::manifest)
                .orElse(extension.manifest());
        var folder = folders.ofVersion(digest);
        return new Extension(
                extension.id(),
                extension.name(),
                extension.description(),
                folder,
                folder.resolve(manifest.entry()),
                extension.enabled(),
                extension.userDefined(),
                manifest,
                true,
                digest,
                extension.rollout(),
                extension.createdAt());
    }
}
