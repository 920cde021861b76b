/** Refusals and the RFC 9457 form clients see them in. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package io.drover.problem;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
