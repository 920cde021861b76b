package io.drover.extension.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.home.Home;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A server that runs programs as root says so. */
@ExtendWith(OutputCaptureExtension.class)
class RootWarningTests {
    @TempDir
    Path home;

    @Test
    void theStartWarnsExactlyWhereProgramsAreRoots(CapturedOutput output) {
        new Confinement(
                        new ConfinementProperties(null, ConfinementProperties.Kind.NONE, List.of()),
                        RunLimits.NONE,
                        Home.at(home))
                .guardHome();

        assertThat(output.getAll().contains("The server runs as root, and so do the programs"))
                .isEqualTo(RunUser.isRoot());
    }
}
