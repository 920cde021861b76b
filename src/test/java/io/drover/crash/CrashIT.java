package io.drover.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.crash.CrashRun.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Servers that are killed under load lose nothing and do nothing twice. A build kills only a few times; the full figure is
 * {@code -Dit.test=CrashIT -Ddrover.crash.kills=200}, and {@code -Ddrover.crash.seed} repeats a run as well as it can be.
 */
class CrashIT {
    private static final int KILLS_OF_A_BUILD = 2;

    @Test
    void aServerThatIsKilledAgainAndAgainLosesAndDoublesNothing() throws IOException, InterruptedException {
        assertThat(oneNode(directory()).run().violations()).isEmpty();
    }

    /** The same without a test framework. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var findings = oneNode(directory()).run();
        System.exit(findings.violations().isEmpty() ? 0 : 1);
    }

    private static CrashRun oneNode(Path directory) {
        int kills = Integer.getInteger("drover.crash.kills", KILLS_OF_A_BUILD);
        long seed = Long.getLong("drover.crash.seed", System.nanoTime());
        var jar = Path.of(System.getProperty("drover.crash.jar", "target/drover.jar"));
        return new CrashRun(new Plan(kills, seed, jar, directory, List.of(List.of())));
    }

    private static Path directory() throws IOException {
        return Files.createTempDirectory(Files.createDirectories(Path.of("target/it")), "crash-")
                .toAbsolutePath();
    }
}
