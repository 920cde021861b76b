package io.drover.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** A server that stops leaves a file that is no larger than its content needs. */
class CompactionTests {
    private static final int ROWS = 40_000;

    @TempDir
    Path home;

    @Test
    void whatWasWrittenOftenIsSmallAfterAStop() throws Exception {
        var largest = new long[1];

        run(source -> {
            fill(source);
            for (int i = 0; i < 6; i++) {
                execute(source, "UPDATE t SET n = n + 1, text = RANDOM_UUID() || RANDOM_UUID() || RANDOM_UUID()");
            }
            execute(source, "DELETE FROM t WHERE MOD(id, 10) > 0");
            execute(source, "CHECKPOINT SYNC");
            largest[0] = Files.size(file());
        });

        assertThat(largest[0]).isGreaterThan(Compaction.LEAST_BYTES);
        assertThat(Files.size(file())).isLessThan(largest[0] / 4);
        assertThat(query("SELECT COUNT(*) FROM t WHERE n = 6")).isEqualTo(ROWS / 10);
        assertThat(home.toFile().list()).containsExactly("drover.mv.db");
    }

    @Test
    void whatIsFullOfContentIsLeftAsItIs() throws Exception {
        run(CompactionTests::fill);
        execute("SHUTDOWN COMPACT");
        var before = Files.getLastModifiedTime(file());
        assertThat(Files.size(file())).isLessThan(Compaction.LEAST_BYTES);

        run(source -> {});

        assertThat(query("SELECT COUNT(*) FROM t")).isEqualTo(ROWS);
        assertThat(Files.getLastModifiedTime(file())).isGreaterThanOrEqualTo(before);
    }

    /** The copy is written under the first name, and has the second for the moment in which the old file is removed. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aKillAtAnyMomentLosesNothing(boolean copied) throws Exception {
        run(CompactionTests::fill);
        if (copied) {
            Files.move(file(), home.resolve("drover.mv.db.newFile"));
        } else {
            var half = Files.readAllBytes(file());
            Files.write(home.resolve("drover.mv.db.tempFile"), Arrays.copyOf(half, half.length / 2));
        }

        run(source -> {});

        assertThat(query("SELECT COUNT(*) FROM t")).isEqualTo(ROWS);
        assertThat(home.toFile().list()).containsExactly("drover.mv.db");
    }

    /** What a server does between its start and its stop. */
    private interface Life {
        void of(DataSource source) throws SQLException, IOException;
    }

    private void run(Life life) {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class))
                .withUserConfiguration(Compaction.class, Grouping.class)
                .withPropertyValues(
                        "spring.datasource.url=" + url(),
                        "spring.datasource.username=drover",
                        "spring.datasource.password=")
                .run(context -> life.of(context.getBean(DataSource.class)));
    }

    private static void fill(DataSource source) throws SQLException {
        execute(source, "CREATE TABLE t (id INT PRIMARY KEY, n INT, text VARCHAR)");
        execute(
                source,
                "INSERT INTO t SELECT x, 0, RANDOM_UUID() || RANDOM_UUID() || RANDOM_UUID() FROM SYSTEM_RANGE(1, "
                        + ROWS + ")");
    }

    private static void execute(DataSource source, String sql) throws SQLException {
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void execute(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(url(), "drover", "");
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private int query(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(url(), "drover", "");
                var result = connection.createStatement().executeQuery(sql)) {
            result.next();
            return result.getInt(1);
        }
    }

    private String url() {
        return "jdbc:h2:file:" + home.resolve("drover") + ";DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0";
    }

    private Path file() {
        return home.resolve("drover.mv.db");
    }
}
