package io.drover.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that were being changed when the server was killed. */
class MigrationBackupTests {
    @TempDir
    private Path directory;

    private MigrationBackup backup;

    @BeforeEach
    void home() {
        backup = new MigrationBackup(new Home(directory.toString()));
    }

    @Test
    void aStartThatWasKilledInTheMiddleIsUndone() throws SQLException {
        flyway("5").migrate();
        execute("CREATE TABLE kept (id INT)");
        backup.migrate(flyway("5"));
        assertThat(saved()).doesNotExist();
        killedWhileMigrating();

        MigrationBackup.restore(directory);
        backup.migrate(flyway("latest"));

        execute("SELECT * FROM kept");
        assertThat(flyway("latest").info().pending()).isEmpty();
    }

    @Test
    void withoutTheBackupItCouldNotBeUndone() throws SQLException {
        flyway("5").migrate();
        killedWhileMigrating();

        assertThatThrownBy(() -> flyway("latest").migrate()).isInstanceOf(FlywayException.class);
    }

    @Test
    void whatWasSavedIsRemovedOnceAllTablesAreThere() {
        backup.migrate(flyway("latest"));
        assertThat(saved()).exists();

        backup.start();

        assertThat(saved()).doesNotExist();
    }

    /** The migration saves the database, makes its first table, and gets no further. */
    private void killedWhileMigrating() throws SQLException {
        var broken = Flyway.configure()
                .dataSource(url(), "drover", "")
                .locations(
                        "classpath:db/migration", "filesystem:" + written("V900__broken.sql", "SELECT * FROM nothing"))
                .load();
        assertThatThrownBy(() -> backup.migrate(broken)).isInstanceOf(FlywayException.class);
        execute("DELETE FROM \"flyway_schema_history\" WHERE \"version\" = '006'");
    }

    private Path written(String name, String sql) {
        try {
            var folder = Files.createDirectories(directory.resolve("sql"));
            Files.writeString(folder.resolve(name), sql);
            return folder;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Path saved() {
        return directory.resolve("db/before-migration.zip");
    }

    private Flyway flyway(String target) {
        return Flyway.configure()
                .dataSource(url(), "drover", "")
                .locations("classpath:db/migration")
                .target(target)
                .load();
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(), "drover", "");
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String url() {
        return "jdbc:h2:file:" + directory.resolve("db/drover");
    }
}
