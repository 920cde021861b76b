/**
 * How secrets are recognised in text, however they are spelled, and kept out of it. Which values are secret is told by those
 * who know: details, manifests, parameters, accounts.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package io.drover.secret;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
