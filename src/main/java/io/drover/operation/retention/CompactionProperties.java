package io.drover.operation.retention;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When an H2 file is compacted while it is in use.
 *
 * @param quiet how long no operation must have been asked for or run; at most once a day. 0: never
 */
@ConfigurationProperties("drover.compaction")
record CompactionProperties(@DefaultValue("10m") Duration quiet) {
    private static final Duration LONGEST = Duration.ofDays(1);

    CompactionProperties {
        if (quiet.isNegative() || quiet.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "drover.compaction.quiet is " + quiet.toSeconds() + " s; it must be from 0, never, to 1d");
        }
    }
}
