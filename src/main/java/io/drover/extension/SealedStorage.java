package io.drover.extension;

import io.drover.inventory.Details;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Seals what earlier releases have stored in the open: defaults in manifests, archives, details of earlier manifests. */
@Component
class SealedStorage {
    private final ExtensionRepository extensions;
    private final VersionRepository versions;
    private final ManifestSecrets secrets;
    private final Details details;

    SealedStorage(
            ExtensionRepository extensions, VersionRepository versions, ManifestSecrets secrets, Details details) {
        this.extensions = extensions;
        this.versions = versions;
        this.secrets = secrets;
        this.details = details;
    }

    /** Changes nothing where that was done. */
    @Transactional
    public void complete() {
        Set<String> names = new HashSet<>();
        for (var extension : extensions.all()) {
            extensions.sealManifest(extension);
            names.addAll(extension.manifest().secretDetails());
            names.addAll(versions.sealManifests(extension.id()));
        }
        secrets.remember(names);
        details.sealAll(secrets.names());
        for (UUID extension = versions.unsealed(); extension != null; extension = versions.unsealed()) {
            versions.sealParts(extension);
        }
    }
}
