package io.drover.node;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.drover.database.DatabaseFile;
import java.time.Duration;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;

/** A connection to the database for the lease alone: a server that is busy must not look dead because its pool is empty. */
final class LeaseConnection {
    private LeaseConnection() {}

    static HikariDataSource open(JdbcConnectionDetails database, DatabaseFile file, Duration patience) {
        var config = new HikariConfig();
        config.setPoolName("drover-lease");
        config.setJdbcUrl(database.getJdbcUrl());
        config.setUsername(database.getUsername());
        config.setPassword(database.getPassword());
        config.setDriverClassName(database.getDriverClassName());
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setMaximumPoolSize(1);
        config.setConnectionTestQuery("SELECT 1");
        config.setMinimumIdle(1);
        config.setConnectionTimeout(Math.max(1000, patience.toMillis()));
        if (database.getJdbcUrl().startsWith("jdbc:postgresql:")) {
            config.addDataSourceProperty("socketTimeout", Long.toString(Math.max(1, patience.toSeconds())));
        }
        file.openFor(config);
        return new HikariDataSource(config);
    }
}
