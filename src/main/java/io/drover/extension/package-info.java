/** Executables that speak CloudStack's extension contract: their registry, the wire protocol, running one once. */
@ApplicationModule(
        allowedDependencies = {
            "text",
            "problem",
            "page",
            "home",
            "access",
            "history",
            "inventory",
            "inventory :: life",
            "node",
            "secret"
        })
@NullMarked
package io.drover.extension;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
