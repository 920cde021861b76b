package io.drover.extension;

import io.drover.inventory.DeclaredSecrets;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Tells the inventory which names of details the registered manifests call secret. */
@Component
class ManifestSecrets implements DeclaredSecrets {
    private final ExtensionRepository repository;

    ManifestSecrets(ExtensionRepository repository) {
        this.repository = repository;
    }

    @Override
    public Set<String> names() {
        return repository.all().stream()
                .flatMap(extension -> extension.manifest().secretDetails().stream())
                .collect(Collectors.toSet());
    }
}
