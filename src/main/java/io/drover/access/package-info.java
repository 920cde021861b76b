/** Who is calling and what they may do: accounts, role types, API keys, and the sealing of secrets. */
@ApplicationModule(allowedDependencies = {"text", "problem", "problem :: web", "page", "home", "log", "secret"})
@NullMarked
package io.drover.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
