/** The HTTP half of the module. */
@NullMarked
package io.drover.history.web;

import org.jspecify.annotations.NullMarked;
