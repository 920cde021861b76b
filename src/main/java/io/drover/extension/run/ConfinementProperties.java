package io.drover.extension.run;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * As whom programs run and what of the machine they see.
 *
 * @param user name or number of the operating system's user; null or blank for the server's own
 * @param sandbox what hides the machine from them
 * @param sandboxWritable absolute paths, beyond their working directory and {@code /tmp}, that they may write to in a
 *     sandbox
 */
@ConfigurationProperties("drover.runner")
record ConfinementProperties(
        @Nullable String user,
        @DefaultValue("none") Kind sandbox,
        @DefaultValue List<Path> sandboxWritable) {

    /** The kinds of sandbox. */
    enum Kind {
        /** Programs see what their user sees. */
        NONE,
        /** By bwrap(1): a read-only view of the machine in namespaces of its own. */
        BWRAP
    }
}
