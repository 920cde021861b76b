/** Which Drover server this is among those that share one database. */
@ApplicationModule(allowedDependencies = {"problem", "home"})
@NullMarked
package io.drover.node;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
