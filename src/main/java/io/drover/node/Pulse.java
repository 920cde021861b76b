package io.drover.node;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Tells when one of the few threads that everything depends on is stuck: each says when it begins a round and when it has ended
 * it. A round that lasts longer than {@code drover.node.longest-round} makes liveness fail, so that whoever watches the server
 * restarts it.
 */
@Component("threads")
public class Pulse implements HealthIndicator {
    private final Map<String, Long> begun = new ConcurrentHashMap<>();
    private final Duration longest;

    Pulse(NodeProperties properties) {
        this.longest = properties.longestRound();
    }

    /**
     * A task whose rounds are watched.
     *
     * @param name what it does, for people
     */
    public Runnable watched(String name, Runnable task) {
        return () -> {
            begun.put(name, System.nanoTime());
            try {
                task.run();
            } finally {
                begun.remove(name);
            }
        };
    }

    /** What is stuck, and for how long; empty when nothing is. */
    private Optional<String> stuck() {
        long now = System.nanoTime();
        var names = begun.entrySet().stream()
                .filter(round -> now - round.getValue() > longest.toNanos())
                .map(round -> round.getKey() + " since "
                        + Duration.ofNanos(now - round.getValue()).toSeconds() + " s")
                .sorted()
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? Optional.empty() : Optional.of(names);
    }

    @Override
    public Health health() {
        return stuck().map(what -> Health.down().withDetail("stuck", what).build())
                .orElseGet(() -> Health.up().build());
    }
}
