/** The way in for people. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package io.drover.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
