/** The HTTP half of the module. */
@NullMarked
package io.drover.task.web;

import org.jspecify.annotations.NullMarked;
