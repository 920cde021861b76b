/** Keyset pages: the one shape every list has. */
@ApplicationModule(allowedDependencies = {"problem", "problem :: web"})
@NullMarked
package io.drover.page;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
