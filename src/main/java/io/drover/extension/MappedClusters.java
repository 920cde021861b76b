package io.drover.extension;

import io.drover.inventory.ClusterDrivers;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Tells the inventory, which knows nothing of mappings, what they say. */
@Component
class MappedClusters implements ClusterDrivers {
    private final MappingRepository mappings;
    private final ExtensionRepository extensions;

    MappedClusters(MappingRepository mappings, ExtensionRepository extensions) {
        this.mappings = mappings;
        this.extensions = extensions;
    }

    @Override
    public Optional<UUID> extensionOf(UUID cluster) {
        return mappings.ofCluster(cluster).map(Mapping::extensionId);
    }

    @Override
    public boolean drives(UUID extension) {
        return !mappings.ofExtension(extension).isEmpty();
    }

    @Override
    public String name(UUID extension) {
        return extensions.byId(extension).map(Extension::name).orElseGet(extension::toString);
    }
}
