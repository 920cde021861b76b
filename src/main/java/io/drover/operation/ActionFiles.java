package io.drover.operation;

import io.drover.extension.ExtensionNodes;
import io.drover.extension.Extensions;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Which files an action is run with when its turn comes. */
@Component
class ActionFiles {
    private final Extensions extensions;
    private final ExtensionNodes nodes;

    ActionFiles(Extensions extensions, ExtensionNodes nodes) {
        this.extensions = extensions;
        this.nodes = nodes;
    }

    /**
     * The same with the files that are there now, or with the version that it was begun with; for what has waited. It is left to
     * another node, or not run, when these must not be run here.
     */
    Dispatch current(Dispatch waited) {
        var action = waited.action();
        var request = waited.request();
        if (request == null) {
            return waited;
        }
        var extension = nodes.atVersion(extensions.get(action.extensionId()), action.digest());
        var readiness = nodes.here(extension);
        if (!readiness.ready() && nodes.isReadyElsewhere(extension)) {
            return waited.elsewhere(true);
        }
        if (readiness.ready() && Objects.equals(action.digest(), readiness.digest())) {
            return waited;
        }
        var reason = readiness.ready() ? null : readiness.refusal(extension);
        var files = readiness.digest() == null ? action.digest() : readiness.digest();
        var now = action.with(files, extension.entry().toString(), reason);
        return waited.with(now, reason == null ? request.with(extension.entry()) : null);
    }
}
