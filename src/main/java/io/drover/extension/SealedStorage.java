package io.drover.extension;

import io.drover.inventory.Details;
import java.util.HashSet;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Seals what earlier releases have stored in the open: defaults in manifests, archives, details of earlier manifests. */
@Component
class SealedStorage {
    private final ExtensionRepository extensions;
    private final VersionRepository versions;
    private final OpenArchives archives;
    private final ManifestSecrets secrets;
    private final Details details;

    SealedStorage(
            ExtensionRepository extensions,
            VersionRepository versions,
            OpenArchives archives,
            ManifestSecrets secrets,
            Details details) {
        this.archives = archives;
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
        archives.seal();
    }
}
