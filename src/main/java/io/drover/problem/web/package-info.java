/** The HTTP half of the module; {@link ProblemResponses} is for security filters, which answer before Spring MVC. */
@NamedInterface("web")
@NullMarked
package io.drover.problem.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
