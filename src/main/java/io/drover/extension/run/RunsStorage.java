package io.drover.extension.run;

import io.drover.home.DirectoryProbe;
import io.drover.home.Home;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
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

    private final Path runs;
    private final DirectoryProbe probe;
    private boolean told;

    RunsStorage(Home home) {
        this.runs = home.directory("runs");
        this.probe = new DirectoryProbe(runs);
    }

    /** Why no program can be started, a sentence without a full stop; empty when one can. */
    public Optional<String> problem() {
        return problem(probe.failure());
    }

    /** Whether a program can be started. */
    public boolean isUsable() {
        return problem().isEmpty();
    }

    /** The same by looking anew, since a program could not be started just now. */
    public boolean isUsableStill() {
        return problem(probe.failureNow()).isEmpty();
    }

    @Override
    public Health health() {
        return problem()
                .map(why -> Health.outOfService().withDetail("reason", why).build())
                .orElseGet(() -> Health.up().build());
    }

    private synchronized Optional<String> problem(@Nullable IOException failure) {
        if (failure == null) {
            if (told) {
                LOG.info("Programs can be started again");
            }
            told = false;
            return Optional.empty();
        }
        var problem = "Programs cannot be started, since " + runs + " cannot be written to: " + failure;
        if (!told) {
            LOG.error("{}; actions wait or are left to other nodes until that is over", problem);
        }
        told = true;
        return Optional.of(problem);
    }
}
