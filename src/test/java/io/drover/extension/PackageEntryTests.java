package io.drover.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.drover.extension.PackageGate.Level;
import io.drover.problem.ProblemException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Who brings a package without a manifest may name its executable. */
class PackageEntryTests extends RegistryTests {
    @Autowired
    private Versions versions;

    @ParameterizedTest
    @ValueSource(strings = {"bin/run.py", "tool-1.0/bin/run.py", "./bin//run.py"})
    void takesTheEntryOfAPackageThatHasNoManifest(String entry) {
        var intake = new Intake("tool", entry, Level.NONE);

        var extension = versions.upload(Archives.zip(tool()), intake, ADMIN);

        assertThat(extension.path()).isEqualTo("bin/run.py");
        assertThat(nodes.here(extension).ready()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "run.py      | must be a file of the package, which has bin/run.py, readme",
                "bin         | must be a file of the package, which has bin/run.py, readme",
                "/bin/sh     | must be relative to the top of the package",
                "../run.py   | must not have a '..' segment"
            })
    void saysWhatAPackageHasWhereItsEntryIsAnother(String entry, String message) {
        var refusal = catchThrowableOfType(
                ProblemException.class,
                () -> versions.upload(Archives.zip(tool()), new Intake("tool", entry, Level.NONE), ADMIN));

        assertThat(refusal.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.pointer()).isEqualTo("?entry");
            assertThat(violation.message()).isEqualTo(message);
            assertThat(violation.value()).isEqualTo(entry);
        });
    }

    @Test
    void leavesItToAManifestToNameTheEntry() {
        var intake = new Intake(null, "acme.sh", Level.NONE);

        assertThat(catchThrowableOfType(
                        ProblemException.class, () -> versions.upload(Archives.zip(Archives.acme("1")), intake, ADMIN)))
                .hasMessageContaining("?entry: is for packages without extension.yaml");
    }

    private static Map<String, String> tool() {
        return Map.of("tool-1.0/bin/run.py", "#!/bin/sh\n", "tool-1.0/readme", "");
    }
}
