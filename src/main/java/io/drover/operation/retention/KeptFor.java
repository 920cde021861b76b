package io.drover.operation.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/** How long something is kept: a time of a day or more, or for ever. */
final class KeptFor {
    private static final String FOREVER = "forever";
    private static final Duration SHORTEST = Duration.ofDays(1);
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final @Nullable Duration time;

    private KeptFor(@Nullable Duration time) {
        this.time = time;
    }

    /**
     * @param text as settings have it: {@code 90d}, or {@code forever}
     * @throws IllegalArgumentException when it is neither, with a sentence for people
     */
    public static KeptFor valueOf(String text) {
        var word = text.strip();
        return word.equalsIgnoreCase(FOREVER) ? new KeptFor(null) : new KeptFor(time(word));
    }

    /** What is older than this is removed; nothing is if there is none. */
    Optional<Instant> limit(Instant now) {
        return Optional.ofNullable(time).map(now::minus);
    }

    private static Duration time(String word) {
        Duration time;
        try {
            time = DurationStyle.detectAndParse(word);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw refused();
        }
        if (time.compareTo(SHORTEST) < 0 || time.compareTo(LONGEST) > 0) {
            throw refused();
        }
        return time;
    }

    private static IllegalArgumentException refused() {
        return new IllegalArgumentException("it must be from 1d to 36500d, such as 90d, or " + FOREVER);
    }
}
