/** CloudStack's wire contract: the payload an extension gets and what its answer means. */
@NamedInterface("wire")
@NullMarked
package io.drover.extension.wire;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
