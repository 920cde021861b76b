/** What the jar does besides being the server: commands that need none. */
@ApplicationModule(allowedDependencies = {"problem", "conformance", "diagram", "extension", "extension :: manifest"})
@NullMarked
package io.drover.cli;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
