package io.drover.emulator.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.extension.manifest.ActionDefinition;
import io.drover.extension.manifest.ManifestFile;
import io.drover.extension.manifest.ManifestReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The manifest of the extension, against the reader, the program and the README. */
class ManifestTests {

    private static final Path FOLDER = Path.of("extensions/Proxmox");

    private final ManifestFile file = new ManifestReader().read(FOLDER);

    @Test
    void declaresWhatTheProgramKnows() throws IOException {
        var program = Files.readString(FOLDER.resolve("proxmox.py"));

        assertThat(file.manifest().prepare()).isTrue();
        assertThat(file.manifest().verbs()).contains("prepare", "deploy", "delete", "statuses", "getconsole");
        assertThat(file.customActions())
                .extracting(ActionDefinition::name)
                .containsExactly("ListSnapshots", "CreateSnapshot", "RestoreSnapshot", "DeleteSnapshot")
                .allSatisfy(name -> assertThat(program).contains('"' + name.toLowerCase(java.util.Locale.ROOT) + '"'));
    }

    @Test
    void hidesTheTokensSecretAndReservesWhatChoosesVmsAndVolumes() {
        assertThat(file.manifest().secretDetails()).contains("secret");
        assertThat(file.manifest().reservedDetails())
                .containsExactlyInAnyOrder("proxmox_vmid", "template_type", "template_id", "iso_path");
    }

    @Test
    void everyDetailIsInTheTableOfTheReadme() throws IOException {
        var readme = Files.readString(FOLDER.resolve("README.md"));

        file.manifest().configuration().fields().values().forEach(level -> assertThat(level.keySet())
                .allSatisfy(detail -> assertThat(readme).contains("| `" + detail + "` |")));
    }

    @Test
    void noFileIsLongerThanTwoHundredLines() throws IOException {
        try (var files = Files.list(FOLDER)) {
            assertThat(files.filter(it -> it.toString().endsWith(".py")))
                    .isNotEmpty()
                    .allSatisfy(it -> assertThat(Files.readAllLines(it)).hasSizeLessThanOrEqualTo(200));
        }
    }
}
