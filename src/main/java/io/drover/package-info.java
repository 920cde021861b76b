/** The server and what its modules share by being one program: the clock and the home directory. */
@NullMarked
package io.drover;

import org.jspecify.annotations.NullMarked;
