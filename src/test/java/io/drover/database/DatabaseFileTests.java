package io.drover.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.h2.engine.Database;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What lies beneath two pools when a failed write has closed the database, played by closing H2's store. */
class DatabaseFileTests {
    @TempDir
    Path directory;

    private DataSource one;
    private DataSource other;

    @BeforeEach
    void open() {
        var file = new DatabaseFile();
        one = beneathAPool(file, "");
        other = beneathAPool(file, "");
    }

    private DataSource beneathAPool(DatabaseFile file, String options) {
        var pool = new HikariConfig();
        pool.setJdbcUrl("jdbc:h2:file:" + directory + "/live;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0" + options);
        file.openFor(pool);
        return pool.getDataSource();
    }

    @Test
    void aSessionLeftOverDoesNotKeepOthersFromTheDatabaseOpenedAgain() throws Exception {
        var used = one.getConnection();
        var leftOver = other.getConnection();
        write(used, "CREATE TABLE entry (id INTEGER)");
        database(used).checkpoint();
        database(used).getStore().getMvStore().closeImmediately();
        assertThatThrownBy(() -> write(used, "INSERT INTO entry VALUES (1)")).isInstanceOf(SQLException.class);

        try (var again = one.getConnection()) {
            assertThatThrownBy(() -> write(leftOver, "INSERT INTO entry VALUES (2)"))
                    .isInstanceOf(SQLException.class);
            try (var more = other.getConnection()) {
                assertThat(database(more)).isSameAs(database(again));
                write(more, "INSERT INTO entry VALUES (3)");
            }
            write(again, "INSERT INTO entry VALUES (4)");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ";DB_CLOSE_DELAY=-1"})
    void aDatabaseThatH2HasForgottenIsClosedAndOpenedAgain(String options) throws Exception {
        var file = new DatabaseFile();
        var source = beneathAPool(file, options);
        var before = database(source.getConnection());
        before.getStore().getMvStore().closeImmediately();
        before.shutdownImmediately();
        var forgotten = source.getConnection();
        write(forgotten, "CREATE TABLE entry (id INTEGER)");
        write(forgotten, "INSERT INTO entry VALUES (1)");
        database(forgotten).checkpoint();
        before.shutdownImmediately();

        try (var connection = source.getConnection();
                var rows = connection.createStatement().executeQuery("SELECT id FROM entry")) {
            assertThat(rows.next()).isTrue();
            assertThat(forgotten.isClosed()).isTrue();
            write(connection, "SHUTDOWN");
        }
    }

    @Test
    void whatOthersHaveOpenedIsLeftAlone() throws Exception {
        var held = beneathAPool(new DatabaseFile(), "").getConnection();
        var before = database(held);
        write(held, "CREATE TABLE entry (id INTEGER)");

        assertThatThrownBy(
                        () -> beneathAPool(new DatabaseFile(), ";OPEN_NEW=TRUE").getConnection())
                .hasMessageContaining("already in use");
        assertThat(before.getStore().getMvStore().isClosed()).isFalse();
        held.close();
    }

    private static Database database(Connection connection) throws SQLException {
        return ((SessionLocal) connection.unwrap(JdbcConnection.class).getSession()).getDatabase();
    }

    private static void write(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
