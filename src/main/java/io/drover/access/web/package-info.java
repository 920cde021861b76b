/** The HTTP half of the module. */
@NullMarked
package io.drover.access.web;

import org.jspecify.annotations.NullMarked;
