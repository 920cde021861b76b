package io.drover.database;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Connections to H2 whose commits are written in groups. */
final class GroupingDataSource extends DelegatingDataSource {
    private final GroupCommit group = new GroupCommit();

    GroupingDataSource(DataSource target) {
        super(target);
    }

    @Override
    public Connection getConnection() throws SQLException {
        return GroupingConnection.around(super.getConnection(), group);
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return GroupingConnection.around(super.getConnection(username, password), group);
    }
}
