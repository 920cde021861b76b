/** What operations ask of people: who may answer, who has, and with what. */
@ApplicationModule(
        allowedDependencies = {
            "text",
            "problem",
            "problem :: web",
            "page",
            "access",
            "history",
            "inventory",
            "operation"
        })
@NullMarked
package io.drover.task;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
