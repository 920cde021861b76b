/** Removes what is old, and has the room given back. */
@NullMarked
package io.drover.operation.retention;

import org.jspecify.annotations.NullMarked;
