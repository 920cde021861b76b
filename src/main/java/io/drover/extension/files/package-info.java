/** The files of an extension as they lie on a disk: what identifies them, what they are compared by, what modes they have. */
@NamedInterface("files")
@NullMarked
package io.drover.extension.files;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
