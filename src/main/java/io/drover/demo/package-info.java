/** What a first start finds: a small inventory around the Simulator, so that the first request deploys a VM. */
@ApplicationModule(
        allowedDependencies = {
            "problem",
            "home",
            "access",
            "history",
            "page",
            "inventory",
            "extension",
            "extension :: manifest",
            "extension :: run"
        })
@NullMarked
package io.drover.demo;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
