/** The process engine: starting processes, the extension executor, timers and incidents. */
@ApplicationModule(
        allowedDependencies = {
            "text",
            "problem",
            "diagram",
            "problem :: web",
            "page",
            "home",
            "access",
            "history",
            "inventory",
            "inventory :: life",
            "extension",
            "extension :: manifest",
            "extension :: wire",
            "operation",
            "task",
            "node"
        })
@NullMarked
package io.drover.workflow;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
