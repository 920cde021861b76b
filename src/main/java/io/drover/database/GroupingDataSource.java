package io.drover.database;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Connections to H2 whose commits are written in groups. A write that fails, on a full disk for instance, closes the database
 * for good and leaves connections that look alive: those are given up, and the next one opens the database again.
 */
final class GroupingDataSource extends DelegatingDataSource {
    private static final Logger LOG = LoggerFactory.getLogger(GroupingDataSource.class);

    /** More than any pool has. */
    private static final int MOST_GIVEN_UP = 1000;

    private final GroupCommit group = new GroupCommit();

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
        return connection;
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
