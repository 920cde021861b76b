package io.drover.database;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * A pool that waits up to 30 s for a connection while others use them all, or for the first one of all, and briefly when the
 * database gives none.
 */
final class PatientDataSource extends DelegatingDataSource {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** PostgreSQL's driver counts these in seconds. */
    private static final String A_SECOND = "1";

    /** It has no connection left, or starts: it is there. */
    private static final Set<String> THERE = Set.of("53300", "57P03");

    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final HikariDataSource pool;
    private volatile boolean seen;
    private long askedAt = System.nanoTime() - FRESH_NANOS;
    private boolean answered;

    PatientDataSource(HikariDataSource pool) {
        super(pool);
        this.pool = pool;
    }

    @Override
    public Connection getConnection() throws SQLException {
        long begun = System.nanoTime();
        while (true) {
            try {
                var connection = pool.getConnection();
                seen = true;
                return connection;
            } catch (SQLTransientConnectionException e) {
                if (System.nanoTime() - begun > PATIENCE_NANOS || seen && !isBusy()) {
                    throw e;
                }
            }
        }
    }

    /** Whether all connections are in use, and not because the database no longer answers. */
    private boolean isBusy() {
        var state = pool.getHikariPoolMXBean();
        return state != null && state.getActiveConnections() >= pool.getMaximumPoolSize() && answers();
    }

    /** However many wait, one asks, once a second. */
    private synchronized boolean answers() {
        if (System.nanoTime() - askedAt >= FRESH_NANOS) {
            answered = ask();
            askedAt = System.nanoTime();
        }
        return answered;
    }

    private boolean ask() {
        var settings = new Properties();
        settings.putAll(pool.getDataSourceProperties());
        settings.setProperty("user", String.valueOf(pool.getUsername()));
        settings.setProperty("password", String.valueOf(pool.getPassword()));
        settings.setProperty("connectTimeout", A_SECOND);
        settings.setProperty("socketTimeout", A_SECOND);
        try (var connection = DriverManager.getConnection(pool.getJdbcUrl(), settings)) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return e.getSQLState() != null && THERE.contains(e.getSQLState());
        }
    }
}
