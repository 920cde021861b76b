package io.drover.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full for a while, played by a small file system in memory. */
class FullDiskTests {
    @TempDir
    Path directory;

    private HikariDataSource pool;
    private GroupingDataSource database;

    @BeforeEach
    void open() throws Exception {
        assumeTrue(mounted(directory), "Mounting a small file system needs root");
        connect();
        try (var connection = database.getConnection()) {
            execute(connection, "CREATE TABLE entry (id INTEGER PRIMARY KEY, text VARCHAR)");
            execute(connection, "INSERT INTO entry VALUES (1, 'before')");
        }
    }

    private void connect() {
        var config = new HikariConfig();
        config.setJdbcUrl("jdbc:h2:file:" + directory + "/live;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0");
        config.setMaximumPoolSize(4);
        pool = new HikariDataSource(config);
        database = new GroupingDataSource(pool);
    }

    @AfterEach
    void close() throws Exception {
        if (pool != null) {
            pool.close();
            new ProcessBuilder("umount", directory.toString()).start().waitFor();
        }
    }

    @Test
    void opensTheDatabaseAgainWhenThereIsRoom() throws Exception {
        List<Connection> used = new ArrayList<>();
        for (int i = 0; i < pool.getMaximumPoolSize(); i++) {
            used.add(database.getConnection());
        }
        for (var connection : used) {
            connection.close();
        }
        var filling = fill();

        assertThatThrownBy(this::writeMuch).isInstanceOf(SQLException.class);
        Files.delete(filling);

        for (int i = 2; i < 12; i++) {
            try (var connection = database.getConnection()) {
                execute(connection, "INSERT INTO entry VALUES (" + i + ", 'after')");
            }
        }
        try (var connection = database.getConnection();
                var rows = connection
                        .createStatement()
                        .executeQuery("SELECT COUNT(*) FROM entry WHERE text IN ('before', 'after')")) {
            rows.next();
            assertThat(rows.getInt(1)).isEqualTo(11);
        }
        assertThat(directory.resolve("live.trace.db")).doesNotExist();
    }

    @Test
    void canBeReadAgainWhileTheDiskIsStillFull() throws Exception {
        fill();
        assertThatThrownBy(this::writeMuch).isInstanceOf(SQLException.class);

        try (var connection = database.getConnection();
                var rows = connection.createStatement().executeQuery("SELECT text FROM entry WHERE id = 1")) {
            assertThat(rows.next()).isTrue();
        }
    }

    @Test
    void opensTheDatabaseAgainAfterItWasClosed() throws Exception {
        try (var connection = database.getConnection()) {
            execute(connection, "SHUTDOWN IMMEDIATELY");
        } catch (SQLException e) {
            assertThat(e.getMessage()).contains("closed");
        }

        try (var connection = database.getConnection()) {
            execute(connection, "INSERT INTO entry VALUES (2, 'after')");
        }
    }

    @Test
    void writesAgainWhenTheFileSystemIsNoLongerReadOnly() throws Exception {
        pool.close();
        remount("ro");
        connect();
        assertThatThrownBy(this::writeMuch).hasMessageContaining("read only");
        assertThatThrownBy(this::writeMuch).hasMessageContaining("read only");
        remount("rw");

        await().ignoreExceptions().untilAsserted(() -> {
            try (var connection = database.getConnection()) {
                execute(connection, "INSERT INTO entry VALUES (2, 'after')");
            }
        });
    }

    private void remount(String mode) throws Exception {
        var options = "remount," + mode;
        var mount = new ProcessBuilder("mount", "-o", options, directory.toString())
                .inheritIO()
                .start();
        assumeTrue(mount.waitFor() == 0, "It cannot be mounted " + mode);
    }

    private void writeMuch() throws SQLException {
        try (var connection = database.getConnection()) {
            connection.setAutoCommit(false);
            for (int i = 0; i < 20; i++) {
                execute(connection, "INSERT INTO entry VALUES (" + (1000 + i) + ", REPEAT('x', 10000))");
            }
            connection.commit();
        }
    }

    private Path fill() throws IOException {
        var file = directory.resolve("filling");
        try (OutputStream out = Files.newOutputStream(file)) {
            var block = new byte[4096];
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            return file;
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static boolean mounted(Path directory) throws Exception {
        return new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", directory.toString())
                        .start()
                        .waitFor()
                == 0;
    }
}
