package io.drover.extension;

import io.drover.access.Actor;
import io.drover.extension.files.ExtensionDigest;
import io.drover.extension.files.FileListing;
import io.drover.history.History;
import io.drover.node.Nodes;
import io.drover.node.ThisNode;
import io.drover.problem.ProblemException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Whether this node's files of an extension are the ones that all nodes run. A folder's files become those when this is the
 * only node that is up, or when all nodes that are have the same.
 */
@Component
class FileAgreement {
    private static final int MOST_NAMED = 5;

    private final ReadinessRepository repository;
    private final VersionRepository versions;
    private final BuiltInExtensions builtIns;
    private final Nodes nodes;
    private final ThisNode self;
    private final History history;

    FileAgreement(
            ReadinessRepository repository,
            VersionRepository versions,
            BuiltInExtensions builtIns,
            Nodes nodes,
            ThisNode self,
            History history) {
        this.repository = repository;
        this.versions = versions;
        this.builtIns = builtIns;
        this.nodes = nodes;
        this.self = self;
        this.history = history;
    }

    /**
     * @param digest of this node's files
     * @return why these files must not be run; null when they may
     */
    @Nullable
    String whyNot(Extension extension, String digest) {
        if (digest.equals(extension.digest())) {
            return null;
        }
        if (extension.managed()) {
            return "its files are not those of version "
                    + extension.manifest().version() + " (" + differences(extension)
                    + "); repair it, or upload or activate a version";
        }
        if (extension.digest() == null || agreed(extension, digest)) {
            accept(extension, digest, Actor.SYSTEM);
            return null;
        }
        return builtIns.unpacked(extension.directory(), digest)
                ? null
                : "its files are not those of " + others(extension) + " (" + differences(extension)
                        + "); make the folders equal, or rescan on this node to make its files count";
    }

    /** Makes the files of this node the ones that nodes run, and says so in the history if they were others before. */
    void accept(Extension extension, String digest, Actor actor) {
        try {
            var listing = ExtensionDigest.listing(extension.directory());
            if (listing.digest().equals(digest)) {
                tell(extension, listing, actor);
                repository.accept(extension.id(), digest, versions.write(listing));
            }
        } catch (UncheckedIOException | ProblemException e) {
            throw new IllegalStateException("The files of " + extension.name() + " are being changed", e);
        }
    }

    private void tell(Extension extension, FileListing listing, Actor actor) {
        if (extension.digest() != null) {
            var body = Map.of(
                    "node",
                    self.name(),
                    "before",
                    extension.digest(),
                    "digest",
                    listing.digest(),
                    "files",
                    differences(extension, listing));
            history.append(actor, "extension.files-changed", Registration.subject(extension), body);
        }
    }

    private boolean agreed(Extension extension, String digest) {
        var same = repository.of(extension.id()).stream()
                .filter(row -> digest.equals(row.readiness().digest()))
                .map(NodeReadiness::node)
                .collect(Collectors.toSet());
        return same.containsAll(nodes.othersUp());
    }

    private String others(Extension extension) {
        var same = repository.of(extension.id()).stream()
                .filter(row -> String.valueOf(extension.digest())
                        .equals(row.readiness().digest()))
                .map(NodeReadiness::node)
                .filter(nodes.othersUp()::contains)
                .toList();
        return same.isEmpty() ? "the other nodes" : "node " + String.join(", ", same);
    }

    private String differences(Extension extension) {
        return differences(extension, ExtensionDigest.listing(extension.directory()));
    }

    private String differences(Extension extension, FileListing here) {
        var expected = repository.listing(extension.id()).map(versions::read);
        if (expected.isEmpty()) {
            return "which files differ is not known";
        }
        List<String> all = here.differencesFrom(expected.get());
        var named = String.join(", ", all.subList(0, Math.min(MOST_NAMED, all.size())));
        return all.size() > MOST_NAMED ? named + " and " + (all.size() - MOST_NAMED) + " more" : named;
    }
}
