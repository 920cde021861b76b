/** What VMs are made of and where they run: clusters, hosts, templates, offerings, networks, VMs and NICs. */
@ApplicationModule(allowedDependencies = {"text", "problem", "page", "access", "history", "secret", "home"})
@NullMarked
package io.drover.inventory;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
