package io.drover.workflow;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.stereotype.Component;

/**
 * The engine's tables, which it creates or brings up to date when it starts, without a look at other servers that do so at the
 * same time. So the servers that share a database take turns: one row that every database has is locked meanwhile.
 */
@Component
@DependsOnDatabaseInitialization
class EngineTables {
    private static final String LOCK =
            "SELECT \"installed_rank\" FROM \"flyway_schema_history\" WHERE \"installed_rank\" = 1 FOR UPDATE";

    private final DataSource database;
    private @Nullable Connection lock;

    EngineTables(DataSource database) {
        this.database = database;
    }

    /** Waits until no other server works on the tables, and keeps the others waiting. H2's file has one server anyway. */
    void lock() {
        try {
            lock = database.getConnection();
            if (lock.getMetaData().getDatabaseProductName().equals("H2")) {
                JdbcUtils.closeConnection(lock);
                lock = null;
                return;
            }
            lock.setAutoCommit(false);
            try (var statement = lock.createStatement()) {
                statement.execute(LOCK);
            }
        } catch (SQLException e) {
            JdbcUtils.closeConnection(lock);
            throw new IllegalStateException("Cannot lock the engine's tables", e);
        }
    }

    /** Lets the others go on. */
    void unlock() {
        try {
            if (lock != null) {
                lock.rollback();
                lock.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot unlock the engine's tables", e);
        } finally {
            JdbcUtils.closeConnection(lock);
        }
    }
}
