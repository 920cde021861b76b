/** The HTTP half of the module. */
@NullMarked
package io.drover.conformance.web;

import org.jspecify.annotations.NullMarked;
