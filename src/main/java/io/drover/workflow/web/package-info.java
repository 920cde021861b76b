/** The HTTP half of the module. */
@NullMarked
package io.drover.workflow.web;

import org.jspecify.annotations.NullMarked;
