package io.drover.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.extension.manifest.ActionDefinition;
import io.drover.extension.manifest.ManifestReader;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the manifests of the extensions QEMU and Libvirt promise. */
class HypervisorManifestsTests {
    @ParameterizedTest
    @ValueSource(strings = {"QEMU", "Libvirt"})
    void theManifestCanBeReadAndKnowsTheActions(String name) {
        var file = new ManifestReader().read(Path.of("extensions", name));

        assertThat(file.manifest().name()).isEqualTo(name);
        assertThat(file.customActions().stream().map(ActionDefinition::name))
                .containsExactly("CreateSnapshot", "ListSnapshots", "RestoreSnapshot", "DeleteSnapshot", "Screendump");
    }
}
