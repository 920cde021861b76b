/** What is done to every text before it is logged. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package io.drover.log;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
