/** The HTTP half of the module. */
@NullMarked
package io.drover.inventory.web;

import org.jspecify.annotations.NullMarked;
