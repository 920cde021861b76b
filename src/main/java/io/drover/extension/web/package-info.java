/** The HTTP half of the module. */
@NullMarked
package io.drover.extension.web;

import org.jspecify.annotations.NullMarked;
