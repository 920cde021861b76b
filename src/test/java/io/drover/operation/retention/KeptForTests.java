package io.drover.operation.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeptForTests {
    private static final Instant NOW = Instant.parse("2026-05-06T07:08:09Z");

    @ParameterizedTest
    @CsvSource({"1d, 24", "90d, 2160", "36h, 36", "P30D, 720", "' 365d ', 8760", "36500d, 876000"})
    void aTimeIsALimit(String text, int hours) {
        assertThat(KeptFor.valueOf(text).limit(NOW)).contains(NOW.minus(Duration.ofHours(hours)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"forever", "Forever", " forever "})
    void forEverIsNone(String text) {
        assertThat(KeptFor.valueOf(text).limit(NOW)).isEmpty();
    }

    /** Nobody means that everything is to go at once, nor milliseconds by a bare number. */
    @ParameterizedTest
    @ValueSource(strings = {"0", "0d", "90", "-1d", "23h", "36501d", "99999999999999d", "a year", "never", ""})
    void anythingElseIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeptFor.valueOf(text))
                .withMessage("it must be from 1d to 36500d, such as 90d, or forever");
    }
}
