/** What a diagram may have: one check of BPMN files by allow-list, with neither server nor engine. */
@ApplicationModule(allowedDependencies = {"text"})
@NullMarked
package io.drover.diagram;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
