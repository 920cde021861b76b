/** The Drover servers that share one database: who is there, by a lease that each renews, and who is gone. */
@ApplicationModule(allowedDependencies = {"problem", "page", "home", "access", "history", "database"})
@NullMarked
package io.drover.node;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
