package io.drover.extension.run;

import io.drover.home.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Whether this node can start programs at all: each needs a directory of its own in {@code HOME/runs}. What cannot be started
 * here waits or is left to other nodes. Looked at once a second at most; health calls it {@code runsStorage}.
 */
@Component
public class RunsStorage implements HealthIndicator {
    private static final Logger LOG = LoggerFactory.getLogger(RunsStorage.class);
    private static final byte[] PROBE = new byte[4096];
    private static final String PREFIX = ".probe-";

    private final Path runs;
    private long nextLook = System.nanoTime();
    private @Nullable String problem;

    RunsStorage(Home home) {
        this.runs = home.directory("runs");
    }

    /** Why no program can be started, a sentence without a full stop; empty when one can. */
    public synchronized Optional<String> problem() {
        if (System.nanoTime() - nextLook >= 0) {
            var before = problem;
            problem = look();
            nextLook = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
            if (problem != null && before == null) {
                LOG.error("{}; actions wait or are left to other nodes until that is over", problem);
            } else if (problem == null && before != null) {
                LOG.info("Programs can be started again");
            }
        }
        return Optional.ofNullable(problem);
    }

    /** Whether a program can be started. */
    public boolean isUsable() {
        return problem().isEmpty();
    }

    /** The same by looking anew, since a program could not be started just now. */
    public synchronized boolean isUsableStill() {
        nextLook = System.nanoTime();
        return isUsable();
    }

    @Override
    public Health health() {
        return problem()
                .map(why -> Health.outOfService().withDetail("reason", why).build())
                .orElseGet(() -> Health.up().build());
    }

    private @Nullable String look() {
        try {
            var directory = Files.createTempDirectory(runs, PREFIX);
            var file = directory.resolve("payload");
            try {
                Files.write(file, PROBE);
            } finally {
                Files.deleteIfExists(file);
                Files.delete(directory);
            }
            return null;
        } catch (IOException e) {
            return "Programs cannot be started, since " + runs + " cannot be written to: " + e;
        }
    }
}
