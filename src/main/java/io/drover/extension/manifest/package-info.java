/** What an extension says of itself: the manifest, version 1, and the rules for what may stand in it. */
@NamedInterface("manifest")
@NullMarked
package io.drover.extension.manifest;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
