package io.drover.extension.manifest;

import org.jspecify.annotations.Nullable;

/**
 * Something that must be on a node for the extension to run there.
 *
 * @param kind what {@code name} is the name of
 * @param install the line that installs it on the systems the author knows; null when the author gave none
 */
public record Requirement(Kind kind, String name, @Nullable String install) {

    /** What can be required. */
    public enum Kind {
        /** A program on the PATH that extensions run with. */
        COMMAND,
        /** A module that {@code python3} can import. */
        PYTHON
    }
}
