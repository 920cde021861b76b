package io.drover.inventory;

import java.util.Optional;
import java.util.UUID;

/** Which extension drives which cluster, for placements that could never be. */
public interface ClusterDrivers {

    /** The extension that the cluster is mapped to. */
    Optional<UUID> extensionOf(UUID cluster);

    /** Whether any cluster is mapped to the extension. */
    boolean drives(UUID extension);

    /** The extension's name. */
    String name(UUID extension);
}
