package io.drover.database;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Connections to H2 whose commits are written in groups. A write that fails, on a full disk for instance, closes the database
 * for good and leaves connections that look alive: those are given up, and the next one opens the database again. So it is with
 * a database that was opened while its file could only be read, once a second.
 */
final class GroupingDataSource extends DelegatingDataSource {
    private static final Logger LOG = LoggerFactory.getLogger(GroupingDataSource.class);

    /** More than any pool has. */
    private static final int MOST_GIVEN_UP = 1000;

    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final GroupCommit group = new GroupCommit();
    private final AtomicLong nextTry = new AtomicLong(System.nanoTime());

    GroupingDataSource(DataSource target) {
        super(target);
    }

    @Override
    public Connection getConnection() throws SQLException {
        return GroupingConnection.around(open(super::getConnection), group);
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return GroupingConnection.around(open(() -> super.getConnection(username, password)), group);
    }

    private Connection open(Source source) throws SQLException {
        var connection = source.get();
        for (int given = 0; GroupingConnection.isOfAClosedDatabase(connection); given++) {
            if (given == 0) {
                LOG.warn("The database was closed by a write that failed; it is opened again");
            }
            giveUp(connection);
            if (given == MOST_GIVEN_UP) {
                throw new SQLException("The database is closed and cannot be opened again", "08003");
            }
            connection = source.get();
        }
        if (GroupingConnection.isOfAReadOnlyDatabase(connection)) {
            return openForWriting(connection, source);
        }
        GroupingConnection.leaveWritesToGroups(connection);
        return connection;
    }

    /** H2 opens its file anew when the last connection has been closed. */
    private Connection openForWriting(Connection readOnly, Source source) throws SQLException {
        long due = nextTry.get();
        long now = System.nanoTime();
        if (now - due < 0 || !nextTry.compareAndSet(due, now + PAUSE_NANOS)) {
            return readOnly;
        }
        LOG.warn("The database can only be read; it is opened again");
        var target = getTargetDataSource();
        if (target != null && target.isWrapperFor(HikariDataSource.class)) {
            target.unwrap(HikariDataSource.class).getHikariPoolMXBean().softEvictConnections();
        }
        giveUp(readOnly);
        return source.get();
    }

    private void giveUp(Connection connection) throws SQLException {
        var target = getTargetDataSource();
        if (target != null && target.isWrapperFor(HikariDataSource.class)) {
            target.unwrap(HikariDataSource.class).evictConnection(connection);
        } else {
            connection.close();
        }
    }

    /** Where connections come from. */
    private interface Source {
        Connection get() throws SQLException;
    }
}
