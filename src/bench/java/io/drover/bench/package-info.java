/** Measures the path of an action against the bare script and against the engine's own shell task. */
@NullMarked
package io.drover.bench;

import org.jspecify.annotations.NullMarked;
