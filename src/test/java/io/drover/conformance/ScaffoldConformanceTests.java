package io.drover.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.conformance.CheckResult.Outcome;
import io.drover.extension.Scaffold;
import io.drover.extension.Scaffold.Language;
import io.drover.extension.manifest.Level;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("matrix")
class ScaffoldConformanceTests {
    @TempDir
    Path root;

    @ParameterizedTest
    @EnumSource(Language.class)
    void passesAtOnce(Language language) {
        var folder = root.resolve("Acme");
        Scaffold.write(folder, new Scaffold.Wanted("Acme", "Says \"hi\": #1", language, language != Language.JAVA));
        assertPasses(folder, Map.of("state_directory", root.resolve("state").toString()));
    }

    @Test
    void theSimulatorPasses() {
        assertPasses(
                Path.of("extensions/Simulator"),
                Map.of("state_dir", root.resolve("state").toString()));
    }

    private static void assertPasses(Path folder, Map<String, String> details) {
        var report =
                Conformance.verify(folder, Options.of(Thoroughness.FULL).withDetails(Map.of(Level.EXTENSION, details)));
        assertThat(report.checks())
                .filteredOn(check -> check.outcome().compareTo(Outcome.PASSED) > 0)
                .isEmpty();
    }
}
