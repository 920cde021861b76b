package io.drover.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** That a killed server leaves each transaction whole or not at all, also where one comes while H2 collects what to write. */
class WholeTransactionsTests {

    @TempDir
    Path directory;

    private final Semaphore passing = new Semaphore(0);
    private final Semaphore onward = new Semaphore(0);
    private GroupingDataSource database;

    /** What is done while another commit is half collected: "early" is collected already, "late" is not. */
    enum Change {
        TRANSACTION {
            @Override
            void make(Connection connection) throws SQLException {
                connection.setAutoCommit(false);
                execute(connection, "INSERT INTO early VALUES (1)", "INSERT INTO late VALUES (1)");
                connection.commit();
            }
        },
        ENDED_BY_AUTO_COMMIT {
            @Override
            void make(Connection connection) throws SQLException {
                connection.setAutoCommit(false);
                execute(connection, "INSERT INTO late VALUES (1)", "INSERT INTO early VALUES (1)");
                connection.setAutoCommit(true);
            }
        },
        BATCH {
            @Override
            void make(Connection connection) throws SQLException {
                connection.setAutoCommit(false);
                for (var table : List.of("early", "late")) {
                    try (var statement = connection.prepareStatement("INSERT INTO " + table + " VALUES (?)")) {
                        statement.setInt(1, 1);
                        statement.addBatch();
                        statement.executeBatch();
                    }
                }
                connection.commit();
            }
        },
        QUERY_THAT_CHANGES {
            @Override
            void make(Connection connection) throws SQLException {
                connection.setAutoCommit(false);
                for (var table : List.of("early", "late")) {
                    try (var statement = connection.prepareStatement(
                                    "SELECT id FROM FINAL TABLE (INSERT INTO " + table + " VALUES (1))");
                            var rows = statement.executeQuery()) {
                        assertThat(rows.next()).isTrue();
                    }
                }
                connection.commit();
            }
        },
        AFTER_A_QUERY {
            @Override
            void make(Connection connection) throws SQLException {
                connection.setAutoCommit(false);
                execute(connection, "SELECT * FROM early");
                TRANSACTION.make(connection);
            }
        },
        AFTER_A_ROLLBACK {
            @Override
            void make(Connection connection) throws SQLException {
                connection.setAutoCommit(false);
                execute(connection, "INSERT INTO late VALUES (2)");
                connection.rollback();
                TRANSACTION.make(connection);
            }
        },
        /** One table, which is a map for the rows and one for the index. */
        STATEMENT {
            @Override
            void make(Connection connection) throws SQLException {
                execute(connection, "UPDATE indexed SET other = 5 WHERE id = 0");
            }
        };

        abstract void make(Connection connection) throws SQLException;

        static void execute(Connection connection, String... all) throws SQLException {
            try (var statement = connection.createStatement()) {
                for (var one : all) {
                    statement.execute(one);
                }
            }
        }
    }

    @BeforeEach
    void create() throws SQLException {
        database = new GroupingDataSource(new DriverManagerDataSource(
                "jdbc:h2:file:" + directory + "/live;WRITE_DELAY=600000;DB_CLOSE_DELAY=-1"));
        try (var connection = database.getConnection()) {
            Change.execute(
                    connection,
                    "CREATE TABLE early (id INTEGER PRIMARY KEY)",
                    "CREATE TABLE indexed (id INTEGER PRIMARY KEY, other INTEGER)",
                    "INSERT INTO indexed VALUES (0, 0)");
            var store = GroupingConnection.session(connection)
                    .getDatabase()
                    .getStore()
                    .getMvStore();
            CollectingMap.open(store, this::pass);
            onward.release();
            Change.execute(connection, "CREATE TABLE leader (id INTEGER)");
            passing.acquireUninterruptibly();
            onward.release(2);
            Change.execute(
                    connection,
                    "CREATE INDEX indexed_other ON indexed (other)",
                    "CREATE TABLE late (id INTEGER PRIMARY KEY)");
            passing.acquireUninterruptibly(2);
        }
    }

    @AfterEach
    void close() throws SQLException {
        onward.release(1000);
        try (var connection = database.getConnection()) {
            Change.execute(connection, "SHUTDOWN IMMEDIATELY");
        } catch (SQLException e) {
            assertThat(e.getMessage()).contains("closed");
        }
    }

    @ParameterizedTest
    @EnumSource
    @Timeout(60)
    void isWhole(Change change) throws Exception {
        var leader = started(connection -> Change.execute(connection, "INSERT INTO leader VALUES (1)"));
        passing.acquireUninterruptibly();
        var other = started(change::make);
        await().atMost(Duration.ofSeconds(20)).until(() -> other.state() == Thread.State.WAITING);

        onward.release();
        leader.result();

        assertThat(parts()).isEmpty();
        onward.release(1000);
        other.result();
        assertThat(parts()).isEmpty();
    }

    private void pass() {
        passing.release();
        onward.acquireUninterruptibly();
    }

    /** What a copy of the file has of the one and lacks of the other. */
    private List<String> parts() throws Exception {
        List<String> found = new ArrayList<>();
        try (var connection = KilledServer.left(directory);
                var statement = connection.createStatement()) {
            for (var query : List.of(
                    "SELECT 'early alone', id FROM early WHERE id NOT IN (SELECT id FROM late)",
                    "SELECT 'late alone', id FROM late WHERE id NOT IN (SELECT id FROM early)",
                    "SELECT 'the index differs by', i.n - k.n FROM"
                            + " (SELECT COUNT(*) AS n FROM indexed WHERE other = 5) i,"
                            + " (SELECT COUNT(*) AS n FROM indexed WHERE id = 0 AND other + 0 = 5) k"
                            + " WHERE i.n <> k.n")) {
                try (var rows = statement.executeQuery(query)) {
                    while (rows.next()) {
                        found.add(rows.getString(1) + " " + rows.getInt(2));
                    }
                }
            }
        }
        return found;
    }

    private Work started(Use use) {
        Callable<Boolean> task = () -> {
            try (var connection = database.getConnection()) {
                use.of(connection);
            }
            return true;
        };
        var work = new FutureTask<>(task);
        var thread = new Thread(work, "transaction");
        thread.start();
        return new Work(thread, work);
    }

    private interface Use {
        void of(Connection connection) throws SQLException;
    }

    private record Work(Thread thread, FutureTask<Boolean> task) {
        Thread.State state() {
            return thread.getState();
        }

        void result() throws Exception {
            assertThat(task.get()).isTrue();
        }
    }
}
