/** The conformance kit: what an extension must do, asked of its program itself, without a server or a database. */
@ApplicationModule(
        allowedDependencies = {
            "text",
            "problem",
            "secret",
            "page",
            "home",
            "access",
            "history",
            "inventory",
            "node",
            "extension",
            "extension :: manifest",
            "extension :: files",
            "extension :: run",
            "extension :: wire"
        })
@NullMarked
package io.drover.conformance;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
