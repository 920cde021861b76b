package io.drover.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;

/** A file that becomes smaller while others read and write it, and that is whole when it is killed right afterwards. */
class QuietCompactionTests {
    private static final int ROWS = 8_000;
    private static final int CLIENTS = 4;

    @TempDir
    Path home;

    private final JdbcDataSource source = new JdbcDataSource();
    private Connection held;

    @BeforeEach
    void fill() throws SQLException {
        source.setURL("jdbc:h2:file:" + home.resolve("drover") + ";TRACE_LEVEL_FILE=0");
        source.setUser("drover");
        held = source.getConnection();
        execute("CREATE TABLE t (id INT PRIMARY KEY, n INT, text VARCHAR, long CLOB)");
        execute(
                "INSERT INTO t SELECT x, 0, RANDOM_UUID() || RANDOM_UUID(), REPEAT(RANDOM_UUID(), 20) FROM SYSTEM_RANGE(1, "
                        + ROWS + ")");
        for (int i = 0; i < 3; i++) {
            execute("UPDATE t SET text = RANDOM_UUID() || RANDOM_UUID(), long = REPEAT(RANDOM_UUID(), 20)");
        }
        execute("DELETE FROM t WHERE MOD(id, 10) > 0");
        execute("CHECKPOINT SYNC");
    }

    @Test
    void othersGoOnMeanwhileAndAKillLosesNothing() throws Exception {
        long before = Files.size(file());
        assertThat(before).isGreaterThan(Compaction.LEAST_BYTES);
        var stop = new CountDownLatch(1);
        var threads = Executors.newFixedThreadPool(CLIENTS);
        List<Future<Integer>> clients = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            clients.add(threads.submit(client(client, stop)));
        }

        compaction().run(Duration.ofSeconds(20));

        stop.countDown();
        int written = 0;
        for (var client : clients) {
            written += client.get();
        }
        threads.shutdown();
        execute("CHECKPOINT SYNC");
        assertThat(Files.size(file())).isLessThan(before / 2);
        kill();
        var look = new FirstLook(file(), new BackupFolder(home));
        try (var connection = look.open(source::getConnection);
                var rows = connection.createStatement().executeQuery("SELECT COUNT(*), SUM(n) FROM t")) {
            rows.next();
            assertThat(rows.getInt(1)).isEqualTo(ROWS / 10);
            assertThat(rows.getInt(2)).as("what was committed").isEqualTo(written);
        }
    }

    /** Adds one to a row of its own, again and again, as servers do in quiet times, and reads all; how often. */
    private Callable<Integer> client(int number, CountDownLatch stop) {
        return () -> {
            int times = 0;
            try (var connection = source.getConnection();
                    var write = connection.prepareStatement(
                            "UPDATE t SET n = n + 1, long = REPEAT(RANDOM_UUID(), 30) WHERE id = ?");
                    var read = connection.prepareStatement("SELECT SUM(LENGTH(long)) FROM t")) {
                do {
                    write.setInt(1, 10 * (1 + number + CLIENTS * (times % 100)));
                    assertThat(write.executeUpdate()).isEqualTo(1);
                    times++;
                    read.executeQuery().close();
                } while (!stop.await(20, TimeUnit.MILLISECONDS));
            }
            return times;
        };
    }

    private QuietCompaction compaction() {
        var database = mock(JdbcConnectionDetails.class);
        when(database.getJdbcUrl()).thenReturn(source.getURL());
        return new QuietCompaction(database, source);
    }

    private void kill() throws SQLException {
        var session = (SessionLocal) held.unwrap(JdbcConnection.class).getSession();
        session.getDatabase().getStore().getMvStore().closeImmediately();
        held.close();
    }

    private void execute(String sql) throws SQLException {
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Path file() {
        return home.resolve("drover.mv.db");
    }
}
