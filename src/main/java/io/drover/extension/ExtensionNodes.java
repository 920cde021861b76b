package io.drover.extension;

import io.drover.node.Node;
import io.drover.node.Nodes;
import io.drover.node.ThisNode;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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
        Set<String> up = nodes.list().stream()
                .filter(node -> node.state() == Node.State.UP && !node.self())
                .map(Node::name)
                .collect(Collectors.toSet());
        List<NodeReadiness> all = new ArrayList<>();
        all.add(new NodeReadiness(self.name(), here(extension), Instant.now(clock)));
        repository.of(extension.id()).stream()
                .filter(row -> up.contains(row.node()))
                .forEach(all::add);
        return all;
    }

    /** Whether a node that is up can run the extension, be it another one than this. */
    public boolean isReadySomewhere(Extension extension) {
        return here(extension).ready()
                || everywhere(extension).stream()
                        .anyMatch(node -> node.readiness().ready());
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
