package io.drover.extension.web;

import io.drover.extension.Extension;
import io.drover.extension.ExtensionDigest;
import io.drover.extension.Extensions;
import io.drover.extension.web.ExtensionAnswer.ClusterAnswer;
import io.drover.inventory.DetailOwner;
import io.drover.inventory.Details;
import io.drover.problem.ProblemException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts together what clients see of an extension. */
@Component
class ExtensionAnswers {
    private final Extensions extensions;
    private final Details details;

    ExtensionAnswers(Extensions extensions, Details details) {
        this.extensions = extensions;
        this.details = details;
    }

    ExtensionAnswer of(Extension extension) {
        var readiness = extensions.readiness(extension);
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
                readiness.ready(),
                readiness.reason(),
                extension.userDefined(),
                extension.manifest().prepare(),
                digest(extension),
                details.masked(DetailOwner.EXTENSION, extension.id()),
                clusters,
                extension.createdAt());
    }

    /** Null where the folder is missing, cannot be read or is too large. */
    private static @Nullable String digest(Extension extension) {
        try {
            return ExtensionDigest.of(extension.directory());
        } catch (UncheckedIOException | ProblemException e) {
            return null;
        }
    }
}
