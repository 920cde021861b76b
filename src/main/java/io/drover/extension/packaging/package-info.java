/** Archives of extensions: what may be in one, how one is unpacked and packed. */
@NamedInterface("packaging")
@NullMarked
package io.drover.extension.packaging;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
