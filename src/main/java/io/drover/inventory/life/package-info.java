/** What can be asked of a VM when, and what becomes of it: the verbs and the table of states. */
@NamedInterface("life")
@NullMarked
package io.drover.inventory.life;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
