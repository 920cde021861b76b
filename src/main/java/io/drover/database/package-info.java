/** How the database is written. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package io.drover.database;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
