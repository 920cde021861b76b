package io.drover.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;
import org.springframework.stereotype.Component;

/**
 * Gives back what H2's file holds beyond its content while the database is in use: content from sparse parts of the file is
 * written anew elsewhere, and the file is cut. Less may be given back than when the server stops.
 */
@Component
public class QuietCompaction {
    private static final Logger LOG = LoggerFactory.getLogger(QuietCompaction.class);

    /** In percent: chunks with less content are sparse. */
    private static final int FULL = 95;

    private static final int ROUND_BYTES = 16 << 20;

    /** How long the content of a gap stays after it was written elsewhere; much longer than it takes until that is on the disk. */
    private static final Duration RETENTION = Duration.ofSeconds(2);

    /** Between two rounds: others write meanwhile, and what was written becomes old enough to be left. */
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Optional<Path> file;
    private final DataSource source;

    QuietCompaction(JdbcConnectionDetails database, DataSource source) {
        this.file = DatabaseFile.of(database.getJdbcUrl());
        this.source = source;
    }

    /** Whether there is such a file. */
    public boolean isPossible() {
        return file.isPresent();
    }

    /**
     * Compacts the file, if that is worth it.
     *
     * @param longest after which no further step is begun
     */
    public void run(Duration longest) {
        try (var connection = source.getConnection()) {
            var path = file.orElseThrow();
            long before = Files.size(path);
            if (before < Compaction.LEAST_BYTES || !Compaction.isWorthIt(connection)) {
                return;
            }
            long begun = System.nanoTime();
            compact(connection, longest);
            LOG.info(
                    "{} was compacted from {} to {} MB in {} ms, while it is in use",
                    path,
                    before >> 20,
                    Files.size(path) >> 20,
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException | IOException e) {
            LOG.warn("{} cannot be compacted: {}", file.orElseThrow(), e.getMessage());
        }
    }

    /**
     * Writes anew what lies in sparse chunks, into the gaps nearest to the beginning of the file; whenever nothing is left at its end, H2
     * cuts it. Chunks are not moved: H2's {@code compactFile}, which does that, too, now and then breaks an assertion of its own while others
     * write, and closes the database.
     */
    private static void compact(Connection connection, Duration longest) throws SQLException, InterruptedException {
        var store =
                GroupingConnection.session(connection).getDatabase().getStore().getMvStore();
        int retention = store.getRetentionTime();
        long end = System.nanoTime() + longest.toNanos();
        store.setRetentionTime(Math.toIntExact(RETENTION.toMillis()));
        try {
            do {
                store.compact(FULL, ROUND_BYTES);
                store.commit();
                store.sync();
                Thread.sleep(PAUSE.toMillis());
            } while (Compaction.isWorthIt(connection) && System.nanoTime() - end < 0);
        } finally {
            store.setRetentionTime(retention);
        }
    }
}
