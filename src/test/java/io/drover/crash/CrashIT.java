package io.drover.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/**
 * Servers that are killed under load lose nothing and do nothing twice. A build kills only a few times; the full figures
 * are {@code -Dit.test=CrashIT -Ddrover.crash.kills=200 -Ddrover.crash.kills-of-two=100}, and {@code -Ddrover.crash.seed}
 * repeats a run as well as it can be.
 */
class CrashIT {
    private static final String KILLS_OF_TWO = "drover.crash.kills-of-two";
    private static final int KILLS_OF_A_BUILD = 2;

    @Test
    void aServerThatIsKilledAgainAndAgainLosesAndDoublesNothing() throws IOException, InterruptedException {
        assertThat(oneNode().violations()).isEmpty();
    }

    @Test
    void twoServersOfWhichOneIsKilledAgainAndAgainLoseAndDoubleNothing() throws IOException, InterruptedException {
        assertThat(twoNodes().violations()).isEmpty();
    }

    /** The same without a test framework. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var findings = Integer.getInteger(KILLS_OF_TWO) == null ? oneNode() : twoNodes();
        System.exit(findings.violations().isEmpty() ? 0 : 1);
    }

    private static Findings oneNode() throws IOException, InterruptedException {
        return new CrashRun(Plan.oneNode(Integer.getInteger("drover.crash.kills", KILLS_OF_A_BUILD))).run();
    }

    private static Findings twoNodes() throws IOException, InterruptedException {
        try (var postgres = EmbeddedPostgres.start()) {
            return new CrashRun(Plan.twoNodes(Integer.getInteger(KILLS_OF_TWO, 1), postgres)).run();
        }
    }
}
