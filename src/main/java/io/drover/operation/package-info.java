/** What may be asked of a VM, and how far each request has got. */
@ApplicationModule(
        allowedDependencies = {
            "text",
            "problem",
            "problem :: web",
            "secret",
            "page",
            "home",
            "database",
            "access",
            "history",
            "inventory",
            "inventory :: life",
            "extension",
            "extension :: action",
            "extension :: allowed",
            "extension :: run",
            "extension :: files",
            "extension :: manifest",
            "extension :: wire",
            "node"
        })
@NullMarked
package io.drover.operation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
