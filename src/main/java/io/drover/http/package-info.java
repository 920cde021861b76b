/** How requests get in: connections, bodies that arrive slowly, and what Tomcat itself refuses. */
@ApplicationModule(allowedDependencies = {"problem", "problem :: web"})
@NullMarked
package io.drover.http;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
