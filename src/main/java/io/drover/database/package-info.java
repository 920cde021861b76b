/** How the database is opened, written and saved. */
@ApplicationModule(allowedDependencies = {"home"})
@NullMarked
package io.drover.database;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
