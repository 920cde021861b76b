package io.drover.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** A database that is empty at first, and a pool for an engine of its own. */
final class Database implements AutoCloseable {
    /** The shell task holds a connection while its script runs, and now and then takes a second for the engine's ids. */
    private static final int CONNECTIONS = 64;

    private final String url;
    private final String user;
    private final String password;
    private final List<HikariDataSource> pools = new ArrayList<>();

    Database(String url, String user, String password) {
        this.url = url;
        this.user = user;
        this.password = password;
    }

    List<String> arguments() {
        return List.of(
                "--spring.datasource.url=" + url,
                "--spring.datasource.username=" + user,
                "--spring.datasource.password=" + password);
    }

    DataSource pool() {
        var configuration = new HikariConfig();
        configuration.setJdbcUrl(url);
        configuration.setUsername(user);
        configuration.setPassword(password);
        configuration.setMaximumPoolSize(CONNECTIONS);
        configuration.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        var pool = new HikariDataSource(configuration);
        pools.add(pool);
        return pool;
    }

    @Override
    public void close() {
        pools.forEach(HikariDataSource::close);
    }
}
