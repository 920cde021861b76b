package io.drover.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.drover.problem.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Wrong passwords, in memory: per account name and address, per address, and per name. Who had too many within a window is
 * refused for the rest of it; a right password in between forgives nothing, else whoever logs in often would cover for whoever
 * guesses. Guessing from elsewhere locks nobody out: an address that a name has logged in from is only held to what it has
 * done itself with that name.
 */
final class LoginAttempts {
    static final int PER_NAME_AND_ADDRESS = 10;
    static final int PER_ADDRESS = 100;
    static final int PER_NAME = 100;
    static final Duration WINDOW = Duration.ofMinutes(5);

    private static final int MOST = 100_000;
    private static final Duration REMEMBERED = Duration.ofDays(7);

    private final Clock clock;
    private final Cache<Place, Failures> pairs;
    private final Cache<String, Failures> addresses;
    private final Cache<String, Failures> names;
    private final Cache<Place, Boolean> usual;

    LoginAttempts(Clock clock) {
        this.clock = clock;
        this.pairs = cache(WINDOW);
        this.addresses = cache(WINDOW);
        this.names = cache(WINDOW);
        this.usual = cache(REMEMBERED);
    }

    /** A name as it is tried from an address. */
    record Place(String name, String address) {}

    private record Failures(AtomicInteger count, Instant end) {
        boolean reach(int most) {
            return count.get() >= most;
        }
    }

    /** Refuses whoever had too many failures, saying when it may try again. */
    void check(Place place) {
        refuse(pairs.getIfPresent(place), PER_NAME_AND_ADDRESS, "for '" + place.name() + "'");
        if (!isUsual(place)) {
            refuse(addresses.getIfPresent(place.address()), PER_ADDRESS, "from your address");
            if (pairs.getIfPresent(place) != null) {
                refuse(names.getIfPresent(place.name()), PER_NAME, "for '" + place.name() + "'");
            }
        }
    }

    /** Counts a wrong password; whether that was the last one that was allowed. */
    boolean failed(Place place) {
        var ofPlace = count(pairs, place);
        var ofAddress = count(addresses, place.address());
        var ofName = count(names, place.name());
        return ofPlace == PER_NAME_AND_ADDRESS || !isUsual(place) && (ofAddress == PER_ADDRESS || ofName == PER_NAME);
    }

    /** Remembers where a name logs in from. */
    void succeeded(Place place) {
        usual.put(place, true);
    }

    boolean isUsual(Place place) {
        return usual.getIfPresent(place) != null;
    }

    private <K> int count(Cache<K, Failures> failures, K key) {
        return failures.get(
                        key,
                        any -> new Failures(new AtomicInteger(), clock.instant().plus(WINDOW)))
                .count()
                .incrementAndGet();
    }

    private void refuse(@Nullable Failures failures, int most, String which) {
        if (failures != null && failures.reach(most)) {
            var seconds = Duration.between(clock.instant(), failures.end()).toSeconds() + 1;
            throw tooMany("Too many wrong passwords " + which, seconds);
        }
    }

    static ProblemException tooMany(String what, long seconds) {
        return new ProblemException(
                        ProblemException.Kind.TOO_MANY,
                        "too-many-logins",
                        what + "; try again in " + seconds + (seconds == 1 ? " second" : " seconds")
                                + ", or use an API key")
                .with("retryAfterSeconds", seconds);
    }

    private <K, V> Cache<K, V> cache(Duration kept) {
        return Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(kept)
                .ticker(() -> Duration.between(Instant.EPOCH, clock.instant()).toNanos())
                .executor(Runnable::run)
                .build();
    }
}
