/** The append-only ledger of actions and administrative changes. */
@ApplicationModule(allowedDependencies = {"text", "problem", "page", "access"})
@NullMarked
package io.drover.history;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
