package io.drover.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.drover.home.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipInputStream;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A database that saves itself, and the way back. */
class BackupsTests {
    private static final Instant NOW = Instant.parse("2026-05-06T07:08:09.5Z");

    @TempDir
    Path home;

    private final JdbcDataSource source = new JdbcDataSource();

    @BeforeEach
    void fill() throws SQLException {
        source.setURL("jdbc:h2:file:" + home.resolve("db/drover") + ";DB_CLOSE_DELAY=-1;TRACE_LEVEL_FILE=0");
        source.setUser("drover");
        execute("CREATE TABLE entry (id INT)");
        execute("INSERT INTO entry VALUES (1)");
    }

    @Test
    void whatWasSavedIsPutBack() throws Exception {
        backups(NOW, 7, null).look();
        execute("INSERT INTO entry VALUES (2)");
        execute("SHUTDOWN");
        var file = home.resolve("db/drover.mv.db");
        Files.write(file, new byte[20_000]);

        var backup = home.resolve("backups/drover-20260506T070809Z.zip");
        assertThat(Files.getPosixFilePermissions(backup)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.getPosixFilePermissions(backup.getParent()))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        try (var zip = new ZipInputStream(Files.newInputStream(backup))) {
            assertThat(zip.getNextEntry().getName()).isEqualTo("drover.mv.db");
            Files.copy(zip, file, StandardCopyOption.REPLACE_EXISTING);
        }

        var look = new FirstLook(file, new BackupFolder(backup.getParent()));
        try (var connection = look.open(source::getConnection);
                var rows = connection.createStatement().executeQuery("SELECT id FROM entry")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(1);
            assertThat(rows.next()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "86399, 1", "86400, 2", "500000, 2"})
    void theNextIsMadeWhenItIsTime(int secondsLater, int backups) {
        backups(NOW.minusNanos(500_000_000), 7, null).look();

        backups(NOW.plusSeconds(secondsLater), 7, null).look();

        assertThat(names(home.resolve("backups"))).hasSize(backups);
    }

    @Test
    void theNewestAreKeptAndWhatIsNotOursIsLeftAlone() throws IOException {
        var elsewhere = Files.createDirectories(home.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("drover-of-mine.zip"), "mine");
        for (int day = 0; day < 4; day++) {
            backups(NOW.plus(Duration.ofDays(day)), 2, elsewhere).look();
        }

        assertThat(names(elsewhere))
                .containsExactly("drover-20260508T070809Z.zip", "drover-20260509T070809Z.zip", "drover-of-mine.zip");
    }

    @Test
    void oneThatFailsLeavesNothingAndIsTriedAgain() throws SQLException {
        backups(NOW, 1, null).look();
        execute("SHUTDOWN");
        var password = new JdbcDataSource();
        password.setURL(source.getURL());
        password.setUser("somebody else");

        backups(password, NOW.plus(Duration.ofDays(2)), 1, null).look();
        assertThat(names(home.resolve("backups"))).containsExactly("drover-20260506T070809Z.zip");

        backups(NOW.plus(Duration.ofDays(2)), 1, null).look();
        assertThat(names(home.resolve("backups"))).containsExactly("drover-20260508T070809Z.zip");
    }

    private Backups backups(Instant now, int keep, @Nullable Path directory) {
        return backups(source, now, keep, directory);
    }

    private Backups backups(JdbcDataSource from, Instant now, int keep, @Nullable Path directory) {
        var database = mock(JdbcConnectionDetails.class);
        when(database.getJdbcUrl()).thenReturn(source.getURL());
        return new Backups(
                new BackupProperties(Duration.ofDays(1), keep, directory),
                Home.at(home),
                database,
                JdbcClient.create(from),
                Clock.fixed(now, ZoneOffset.UTC));
    }

    private static List<String> names(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void execute(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(source.getURL(), "drover", "");
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
