/** How texts are cut. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package io.drover.text;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
