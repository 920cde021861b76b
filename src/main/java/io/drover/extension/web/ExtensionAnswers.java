package io.drover.extension.web;

import io.drover.extension.Extension;
import io.drover.extension.ExtensionNodes;
import io.drover.extension.Extensions;
import io.drover.extension.NodeReadiness;
import io.drover.extension.web.ExtensionAnswer.ClusterAnswer;
import io.drover.extension.web.ExtensionAnswer.NodeAnswer;
import io.drover.inventory.DetailOwner;
import io.drover.inventory.Details;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts together what clients see of an extension. */
@Component
class ExtensionAnswers {
    private final Extensions extensions;
    private final ExtensionNodes onNodes;
    private final Details details;

    ExtensionAnswers(Extensions extensions, ExtensionNodes onNodes, Details details) {
        this.extensions = extensions;
        this.onNodes = onNodes;
        this.details = details;
    }

    ExtensionAnswer of(Extension extension) {
        return of(extension, null);
    }

    /** @param staged the digest of the version that was brought without making it active */
    ExtensionAnswer of(Extension extension, @Nullable String staged) {
        var nodes = onNodes.everywhere(extension);
        var notReady = nodes.stream().filter(node -> !node.readiness().ready()).toList();
        var clusters = extensions.mappings(extension).stream()
                .map(mapping -> new ClusterAnswer(mapping.clusterId(), mapping.clusterName()))
                .toList();
        return new ExtensionAnswer(
                extension.id(),
                extension.name(),
                extension.description(),
                extension.manifest().type(),
                extension.manifest().version(),
                extension.path(),
                extension.directory().toString(),
                extension.enabled(),
                notReady.isEmpty(),
                reason(notReady, nodes.size()),
                extension.userDefined(),
                extension.manifest().prepare(),
                nodes.get(0).readiness().digest(),
                details.masked(DetailOwner.EXTENSION, extension.id()),
                clusters,
                extension.managed(),
                nodes.stream().map(ExtensionAnswers::node).toList(),
                new TreeSet<>(extension.manifest().verbs()),
                extension.manifest().configuration().shown(),
                new TreeSet<>(extension.manifest().reservedDetails()),
                extension.createdAt(),
                staged);
    }

    private static @Nullable String reason(List<NodeReadiness> notReady, int nodes) {
        if (notReady.isEmpty()) {
            return null;
        }
        return nodes == 1
                ? notReady.get(0).readiness().reason()
                : notReady.stream()
                        .map(node ->
                                "node " + node.node() + ": " + node.readiness().reason())
                        .collect(Collectors.joining("; "));
    }

    private static NodeAnswer node(NodeReadiness node) {
        var readiness = node.readiness();
        return new NodeAnswer(node.node(), readiness.ready(), readiness.reason(), readiness.digest(), node.checkedAt());
    }
}
