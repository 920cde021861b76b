package io.drover.inventory;

import java.util.UUID;

/** What the inventory asks of the extension registry, which lies above it. */
public interface ExtensionNames {

    /**
     * The id of the extension that a name or id refers to.
     *
     * @throws io.drover.problem.ProblemException when there is none
     */
    UUID idOf(String reference);

    /** The name of the extension with this id. */
    String nameOf(UUID id);
}
