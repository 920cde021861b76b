package io.drover.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.drover.home.StartRefusedException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A damaged file is told when the server starts, not when somebody asks for what is missing. */
class FirstLookTests {
    @TempDir
    Path home;

    @BeforeEach
    void fill() throws SQLException {
        try (var connection = connect()) {
            execute(connection, "CREATE TABLE entry (id INT PRIMARY KEY, short VARCHAR, long CLOB)");
            execute(
                    connection,
                    "INSERT INTO entry SELECT x, RANDOM_UUID(), REPEAT(RANDOM_UUID(), 40) FROM SYSTEM_RANGE(1, 2000)");
            execute(connection, "CHECKPOINT SYNC");
            kill(connection);
        }
    }

    @Test
    void aFileThatWasKilledIsOpenedAndReadWhole() throws SQLException {
        try (var connection = look()) {
            try (var rows =
                    connection.createStatement().executeQuery("SELECT COUNT(*) FROM entry WHERE LENGTH(long) > 1000")) {
                rows.next();
                assertThat(rows.getInt(1)).isEqualTo(2000);
            }
        }
    }

    /** At the beginning is what a file is known by; the rest is rows and texts that H2 does not read until asked. */
    @ParameterizedTest
    @ValueSource(ints = {0, 20, 50, 80})
    void damageIsToldWithTheWayOut(int percent) throws IOException {
        var newest = backup("drover-20260506T070809Z.zip");
        backup("drover-20260505T070809Z.zip");
        backup("drover-of-mine.zip");
        damage(percent);

        assertThatExceptionOfType(StartRefusedException.class)
                .isThrownBy(this::look)
                .withMessageStartingWith("The database " + file() + " is damaged: ")
                .satisfies(refusal -> assertThat(refusal)
                        .extracting("action")
                        .isEqualTo("Keep the damaged file elsewhere and put back the newest backup: unzip -o " + newest
                                + " -d " + home.resolve("db") + ". What was done since then is lost"));
        assertThat(Files.exists(file())).isTrue();
    }

    @Test
    void whereThereIsNoBackupThatIsSaid() throws IOException {
        damage(0);

        assertThatExceptionOfType(StartRefusedException.class)
                .isThrownBy(this::look)
                .satisfies(refusal -> assertThat(refusal)
                        .extracting("action")
                        .isEqualTo("Keep the damaged file and put back a backup of yours; there is none in "
                                + home.resolve("backups")));
    }

    @Test
    void whatIsWrongOtherwiseIsNotDamage() {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> new FirstLook(file(), folder())
                        .open(() -> DriverManager.getConnection(url(), "somebody else", "")))
                .withMessageContaining("Wrong user name");
    }

    private Connection look() throws SQLException {
        return new FirstLook(file(), folder()).open(this::connect);
    }

    private BackupFolder folder() {
        return new BackupFolder(home.resolve("backups"));
    }

    private Path backup(String name) throws IOException {
        return Files.writeString(
                Files.createDirectories(home.resolve("backups")).resolve(name), "");
    }

    /** A tenth of the file is lost. */
    private void damage(int percent) throws IOException {
        try (var file = new RandomAccessFile(file().toFile(), "rw")) {
            long length = file.length();
            file.seek(length * percent / 100);
            file.write(new byte[(int) Math.max(2 * 4096, length / 10)]);
        }
    }

    private static void kill(Connection connection) throws SQLException {
        var session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
        session.getDatabase().getStore().getMvStore().closeImmediately();
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), "drover", "");
    }

    private String url() {
        return "jdbc:h2:file:" + home.resolve("db/drover") + ";DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0";
    }

    private Path file() {
        return home.resolve("db/drover.mv.db");
    }
}
