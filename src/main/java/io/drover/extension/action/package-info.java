/** Custom actions: what extensions can be asked besides the verbs of the contract. */
@NamedInterface("action")
@NullMarked
package io.drover.extension.action;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
