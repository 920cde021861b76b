/** The HTTP half of the module. */
@NullMarked
package io.drover.operation.web;

import org.jspecify.annotations.NullMarked;
