/** What people and programs are told of the API: its description, with every refusal and examples that work. */
@ApplicationModule(allowedDependencies = {"problem", "problem :: web", "access"})
@NullMarked
package io.drover.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
