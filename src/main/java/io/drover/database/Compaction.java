package io.drover.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;

/**
 * Gives back, when the server stops, what H2's file holds beyond its content: H2 appends, and a busy file grows to many times
 * that. The content is copied to a file beside it, which then takes its place, so that a kill at any moment loses nothing.
 */
@Component(Compaction.NAME)
class Compaction implements DisposableBean {
    static final String NAME = "compaction";

    /** A smaller file is not worth the while. */
    static final long LEAST_BYTES = 16L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(Compaction.class);
    private static final int WHOLE = 100 * 100;

    private final JdbcConnectionDetails database;

    Compaction(JdbcConnectionDetails database) {
        this.database = database;
    }

    /** Has the pool closed before. */
    @Bean
    static BeanFactoryPostProcessor compactionAfterThePool() {
        return beans -> {
            if (beans.containsBeanDefinition("dataSource")) {
                var pool = beans.getBeanDefinition("dataSource");
                List<String> first =
                        new ArrayList<>(pool.getDependsOn() == null ? List.of() : List.of(pool.getDependsOn()));
                first.add(NAME);
                pool.setDependsOn(first.toArray(String[]::new));
            }
        };
    }

    @Override
    public void destroy() {
        DatabaseFile.of(database.getJdbcUrl()).ifPresent(this::compactIfWorthIt);
    }

    private void compactIfWorthIt(Path file) {
        try {
            long before = Files.exists(file) ? Files.size(file) : 0;
            if (before >= LEAST_BYTES) {
                compact(file, before);
            }
        } catch (SQLException | IOException e) {
            LOG.warn("{} cannot be compacted: {}", file, e.getMessage());
        }
    }

    private void compact(Path file, long before) throws SQLException, IOException {
        long begun = System.nanoTime();
        try (var connection = DriverManager.getConnection(
                        database.getJdbcUrl(), database.getUsername(), database.getPassword());
                var statement = connection.createStatement()) {
            if (!isWorthIt(connection)) {
                return;
            }
            statement.execute("SHUTDOWN COMPACT");
        }
        LOG.info(
                "{} was compacted from {} to {} MB in {} ms",
                file,
                before >> 20,
                Files.size(file) >> 20,
                Duration.ofNanos(System.nanoTime() - begun).toMillis());
    }

    /** Whether a third of the file, or more, is no content. */
    static boolean isWorthIt(Connection connection) throws SQLException {
        var store = GroupingConnection.session(connection)
                .getDatabase()
                .getStore()
                .getMvStore()
                .getFileStore();
        return store.getFillRate() * store.getChunksFillRate() < WHOLE * 2 / 3;
    }
}
