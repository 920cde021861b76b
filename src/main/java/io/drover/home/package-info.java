/** The directory that holds everything one node keeps: database, keys, runs, logs. */
@ApplicationModule(allowedDependencies = {"problem"})
@NullMarked
package io.drover.home;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
