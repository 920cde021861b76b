package io.drover.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.drover.extension.PackageGate.Level;
import io.drover.problem.ProblemException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What is staged is kept and not run. */
class StagedVersionTests extends RegistryTests {
    @Autowired
    private Versions versions;

    @Test
    void keepsAStagedVersionUntilItIsActivated() {
        var first = upload("1.0");

        var staged = stage("2.0");

        assertThat(extensions.get("acme")).isEqualTo(first);
        assertThat(nodes.here(first).ready()).isTrue();
        assertThat(versions.get("acme", staged.digest()).staged()).isTrue();
        assertThat(versions.get("acme", String.valueOf(first.digest())).staged())
                .isFalse();

        var second = versions.activate("acme", staged.digest(), ADMIN);

        assertThat(second.manifest().version()).isEqualTo("2.0");
        assertThat(nodes.here(second).ready()).isTrue();
        assertThat(versions.list("acme")).extracting(ExtensionVersion::staged).containsOnly(false);
        assertThat(stage("1.0").staged()).as("what has run before").isFalse();
        assertThat(extensions.get("acme")).isEqualTo(second);
    }

    @Test
    void activatesWhatIsStagedAndThenUploaded() {
        upload("1.0");
        var staged = stage("2.0");

        assertThat(upload("2.0").digest()).isEqualTo(staged.digest());
        assertThat(versions.get("acme", staged.digest()).staged()).isFalse();
    }

    @Test
    void leavesAnExtensionItsFolderWhileAVersionIsStaged() throws IOException {
        var folder = Archives.acmeIn(last());
        extensions.rescan(ADMIN);

        var staged = versions.stageFolder(folder.toString(), new Intake(null, null, Level.NONE), ADMIN);

        assertThat(extensions.get("acme").managed()).isFalse();
        assertThat(versions.activate("acme", staged.digest(), ADMIN).managed()).isTrue();
    }

    @Test
    void stagesNothingForAnExtensionThatThereIsNot() {
        assertThat(catchThrowableOfType(ProblemException.class, () -> stage("1.0"))
                        .slug())
                .isEqualTo("nothing-to-stage-for");
        assertThat(history()).isEmpty();
    }

    private ExtensionVersion stage(String version) {
        return versions.stage(Archives.zip(Archives.acme(version)), new Intake(null, null, Level.NONE), ADMIN);
    }

    private Extension upload(String version) {
        return versions.upload(Archives.zip(Archives.acme(version)), new Intake(null, null, Level.NONE), ADMIN);
    }
}
