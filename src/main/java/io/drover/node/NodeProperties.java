package io.drover.node;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How nodes that share a database tell that one of them is gone; the same on all of them.
 *
 * @param lease how long after a node's last sign of life others take over its work. It gives six signs in that time; two
 *     thirds into it without one, its programs are ended
 * @param returnWithin how long the others wait for a node that was stopped in good order, before they take over what it runs
 * @param longestRound how long a round of the server's own regular work may last before liveness fails
 */
@ConfigurationProperties("drover.node")
record NodeProperties(
        @DefaultValue("30s") Duration lease,
        @DefaultValue("2m") Duration returnWithin,
        @DefaultValue("3m") Duration longestRound) {
    private static final Duration SHORTEST = Duration.ofSeconds(6);
    private static final Duration LONGEST = Duration.ofHours(1);

    NodeProperties {
        check("lease", lease, SHORTEST);
        check("return-within", returnWithin, lease);
        check("longest-round", longestRound, Duration.ofSeconds(1));
    }

    Duration interval() {
        return lease.dividedBy(6);
    }

    private static void check(String name, Duration value, Duration least) {
        if (value.compareTo(least) < 0 || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("drover.node." + name + " is " + value.toSeconds()
                    + " s; it must be from " + least.toSeconds() + " s to " + LONGEST.toSeconds() + " s");
        }
    }
}
