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
 * written anew elsewhere, and the file is cut. Less is given back than when the server stops.
 */
@Component
public class QuietCompaction {
    private static final Logger LOG = LoggerFactory.getLogger(QuietCompaction.class);

    private static final Duration ROUND = Duration.ofSeconds(5);

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
        } catch (SQLException | IOException e) {
            LOG.warn("{} cannot be compacted: {}", file.orElseThrow(), e.getMessage());
        }
    }

    /** What is written anew in one round leaves more to give back in the next. What H2 keeps for a while for a crash it then keeps again. */
    private static void compact(Connection connection, Duration longest) throws SQLException {
        var store =
                GroupingConnection.session(connection).getDatabase().getStore().getMvStore();
        int retention = store.getRetentionTime();
        long end = System.nanoTime() + longest.toNanos();
        try {
            do {
                store.compactFile(Math.toIntExact(ROUND.toMillis()));
            } while (Compaction.isWorthIt(connection) && System.nanoTime() - end < 0);
        } finally {
            store.setRetentionTime(retention);
        }
    }
}
