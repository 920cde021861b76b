package io.drover.extension;

import io.drover.extension.manifest.ExtensionManifest;
import java.nio.file.Path;
import java.util.List;

/** Tries out a package before it becomes a version. */
public interface PackageGate {

    /** How thoroughly a package is tried out. */
    enum Level {
        /** Not at all. */
        NONE,
        /** What can be said without running it. */
        STATIC,
        /** With wrong input and short times, which needs no system behind it. */
        PROTOCOL,
        /** Everything, against the system that its manifest's {@code conformance.details} name. */
        FULL
    }

    /**
     * What is wrong, one sentence each; empty when the package may pass.
     *
     * @param manifest what is known of the extension; its folder may have no manifest, or one without a name
     */
    List<String> failures(Path folder, ExtensionManifest manifest, Level level);
}
