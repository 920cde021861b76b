package io.drover.extension.run;

import io.drover.extension.run.RunnerProperties.AtShutdown;
import io.drover.home.Home;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.util.unit.DataSize;

/** Makes runners that need no server: its defaults, the same supervision and environment, and a home of their own. */
public final class StandaloneRunner {

    /** What programs have as {@code PATH} unless a server is set up otherwise. */
    public static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private static final DataSize MOST_OUTPUT = DataSize.ofMegabytes(2);
    private static final Duration OUTPUT_CHECK = Duration.ofMillis(100);
    private static final List<String> INHERITED = List.of("TZ", "HOME", "USER", "LOGNAME");

    private StandaloneRunner() {}

    /**
     * A runner whose runs are below this directory. Programs that still run when it is destroyed are ended.
     *
     * @param grace between TERM and KILL
     */
    public static ExtensionRunner in(Path directory, Duration grace, Clock clock) {
        var home = Home.at(directory);
        var confinement = new Confinement(
                new ConfinementProperties(null, ConfinementProperties.Kind.NONE, List.of()), RunLimits.NONE, home);
        var properties =
                new RunnerProperties(MOST_OUTPUT, OUTPUT_CHECK, grace, PATH, INHERITED, Map.of(), AtShutdown.END);
        return new ExtensionRunner(properties, confinement, home, clock);
    }
}
