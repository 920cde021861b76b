package io.drover.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import javax.sql.DataSource;
import org.h2.api.ErrorCode;
import org.h2.engine.Database;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.stereotype.Component;

/**
 * H2's file as all pools of this process share it. H2 knows an open database by the name of its file only. A session of a
 * database that a failed write has closed makes H2 forget, whenever it is used, whichever database goes by that name: also one
 * that others have opened since, which then keeps the file locked and cannot be joined. So the sessions of a closed database are
 * ended before the file is opened again, and those of a forgotten one if its lock is in the way.
 */
@Component
public class DatabaseFile implements BeanPostProcessor, EnvironmentAware {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseFile.class);

    /** Begins the address of such a database. */
    private static final String PREFIX = "jdbc:h2:file:";

    private static final String SUFFIX = ".mv.db";

    private final Set<Database> opened = Collections.newSetFromMap(new WeakHashMap<>());
    private final Set<Path> looked = new HashSet<>();
    private @Nullable Path backups;

    /** Only its own package and the container make one: what is shared must be the same for all. */
    DatabaseFile() {}

    /** The file of the database of this address; none unless it is H2 in a file. */
    static Optional<Path> of(String url) {
        return url.startsWith(PREFIX)
                ? Optional.of(Path.of(url.substring(PREFIX.length()).replaceFirst(";.*", "") + SUFFIX))
                : Optional.empty();
    }

    @Override
    public void setEnvironment(Environment environment) {
        var directory = environment.getProperty("drover.backup.directory");
        backups = directory == null ? null : Path.of(directory);
    }

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof HikariDataSource pool) {
            openFor(pool);
        }
        return bean;
    }

    /** Has a pool that has no connection yet take its connections from here, if its database is H2 in a file. */
    public void openFor(HikariConfig pool) {
        var url = pool.getJdbcUrl();
        if (url != null && url.startsWith(PREFIX)) {
            var file = new JdbcDataSource();
            file.setURL(url);
            pool.setDataSource(new Opening(file, of(url).orElseThrow()));
        }
    }

    private synchronized Connection open(Path file, Source source) throws SQLException {
        endClosed();
        var connection = looked.contains(file)
                ? openOrEndForgotten(source)
                : new FirstLook(file, backupsOf(file)).open(() -> openOrEndForgotten(source));
        looked.add(file);
        if (connection.unwrap(JdbcConnection.class).getSession() instanceof SessionLocal session) {
            opened.add(session.getDatabase());
        }
        return connection;
    }

    private Connection openOrEndForgotten(Source source) throws SQLException {
        try {
            return source.get();
        } catch (SQLException e) {
            if (e.getErrorCode() != ErrorCode.DATABASE_ALREADY_OPEN_1 || opened.isEmpty()) {
                throw e;
            }
            LOG.warn("The database is open, but cannot be joined; it is closed and opened again");
            for (var database : List.copyOf(opened)) {
                end(database);
                database.getStore().getMvStore().closeImmediately();
                opened.remove(database);
            }
            return source.get();
        }
    }

    private BackupFolder backupsOf(Path file) {
        return new BackupFolder(
                backups == null
                        ? file.toAbsolutePath().resolveSibling("../backups").normalize()
                        : backups);
    }

    private void endClosed() {
        for (var database : List.copyOf(opened)) {
            if (database.getStore().getMvStore().isClosed()) {
                end(database);
                opened.remove(database);
            }
        }
    }

    /** The last session closes its database, unless that keeps itself open. */
    private static void end(Database database) {
        for (var session : database.getSessions(false)) {
            try {
                session.close();
            } catch (RuntimeException e) {
                LOG.debug("A session of a closed database could not be rolled back", e);
            }
        }
    }

    /** Where physical connections come from. */
    private interface Source {
        Connection get() throws SQLException;
    }

    /** What lies beneath a pool. */
    private final class Opening extends DelegatingDataSource {
        private final Path file;

        Opening(DataSource source, Path file) {
            super(source);
            this.file = file;
        }

        @Override
        public Connection getConnection() throws SQLException {
            return open(file, super::getConnection);
        }

        @Override
        public Connection getConnection(String username, String password) throws SQLException {
            return open(file, () -> super.getConnection(username, password));
        }
    }
}
