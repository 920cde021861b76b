package io.drover.database;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The backups that a server makes of its H2 database by itself.
 *
 * @param every how long after the last one the next is made
 * @param keep how many are kept, the newest; 0: none are made
 * @param directory where they are, by default {@code backups} in the home directory
 */
@ConfigurationProperties("drover.backup")
record BackupProperties(
        @DefaultValue("1d") Duration every,
        @DefaultValue("7") int keep,
        @Nullable Path directory) {
    private static final Duration SHORTEST = Duration.ofMinutes(10);
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final int MOST = 10_000;

    BackupProperties {
        if (every.compareTo(SHORTEST) < 0 || every.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "drover.backup.every is " + every.toSeconds() + " s; it must be from 10m to 366d");
        }
        if (keep < 0 || keep > MOST) {
            throw new IllegalArgumentException(
                    "drover.backup.keep is " + keep + "; it must be from 0, none, to " + MOST);
        }
    }
}
