/** Running an extension's program once: a process of its own session, its files, its bounds, its end. */
@NamedInterface("run")
@NullMarked
package io.drover.extension.run;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
