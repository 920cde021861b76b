/** Removes what is old. */
@NullMarked
package io.drover.operation.retention;

import org.jspecify.annotations.NullMarked;
