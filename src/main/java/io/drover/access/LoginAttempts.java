package io.drover.access;

import io.drover.problem.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Wrong passwords per account name, in memory. A name that had too many within a window is refused for the rest of it; a right
 * password in between forgives nothing, else whoever logs in often would cover for whoever guesses.
 */
class LoginAttempts {
    static final int ALLOWED = 10;
    static final Duration WINDOW = Duration.ofMinutes(5);

    private static final int MOST_NAMES = 10_000;

    private final Clock clock;
    private final Map<String, Failures> failures = new LinkedHashMap<>();

    LoginAttempts(Clock clock) {
        this.clock = clock;
    }

    private record Failures(int count, Instant end) {}

    /** Refuses a name with too many failures, saying when it may try again. */
    synchronized void check(String name) {
        var known = failures.get(name);
        var now = clock.instant();
        if (known != null && known.count() >= ALLOWED && now.isBefore(known.end())) {
            var seconds = Duration.between(now, known.end()).toSeconds() + 1;
            throw new ProblemException(
                            ProblemException.Kind.TOO_MANY,
                            "too-many-logins",
                            "Too many wrong passwords for '" + name + "'; try again in " + seconds
                                    + " seconds, or use an API key")
                    .with("retryAfterSeconds", seconds);
        }
    }

    /** Counts a wrong password; at the bound, the name whose window began first is forgotten. */
    synchronized void failed(String name) {
        var now = clock.instant();
        var known = failures.remove(name);
        if (known != null && now.isBefore(known.end())) {
            failures.put(name, new Failures(known.count() + 1, known.end()));
            return;
        }
        if (failures.size() >= MOST_NAMES) {
            failures.remove(failures.keySet().iterator().next());
        }
        failures.put(name, new Failures(1, now.plus(WINDOW)));
    }
}
