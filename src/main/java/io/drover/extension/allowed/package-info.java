/** Where on a machine extensions may be sent by details: directories that only whoever sets the server up can name. */
@NamedInterface("allowed")
@NullMarked
package io.drover.extension.allowed;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
