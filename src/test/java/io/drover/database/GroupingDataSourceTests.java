package io.drover.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What is on disk when a commit returns, told by a copy of the file as a killed server would leave it. */
class GroupingDataSourceTests {
    /** Would write nothing by itself while a test lasts. */
    private static final String OPTIONS = ";WRITE_DELAY=600000;DB_CLOSE_DELAY=-1";

    @TempDir
    Path directory;

    private GroupingDataSource database;

    @BeforeEach
    void create() throws SQLException {
        database = new GroupingDataSource(new DriverManagerDataSource("jdbc:h2:file:" + directory + "/live" + OPTIONS));
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE entry (id INTEGER PRIMARY KEY)");
        }
    }

    @AfterEach
    void close() throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("SHUTDOWN IMMEDIATELY");
        } catch (SQLException e) {
            assertThat(e.getMessage()).contains("closed");
        }
    }

    @Test
    void hasACommittedTransactionOnDisk() throws Exception {
        try (var connection = database.getConnection()) {
            connection.setAutoCommit(false);
            add(connection, 1);
            assertThat(onDisk()).isZero();

            connection.commit();
            assertThat(onDisk()).isOne();

            add(connection, 2);
            connection.commit();
            assertThat(onDisk()).isEqualTo(2);
        }
    }

    @Test
    void hasAStatementOutsideATransactionOnDisk() throws Exception {
        try (var connection = database.getConnection()) {
            add(connection, 1);
        }

        assertThat(onDisk()).isOne();
    }

    @Test
    void forgetsWhatIsRolledBack() throws Exception {
        try (var connection = database.getConnection()) {
            connection.setAutoCommit(false);
            add(connection, 1);
            connection.rollback();
            connection.setAutoCommit(true);
            add(connection, 2);
        }

        assertThat(onDisk()).isOne();
    }

    @Test
    void hasAllOfManyAtOnceOnDiskBeforeTheyReturn() throws Exception {
        var threads = Executors.newFixedThreadPool(8);
        List<Callable<Integer>> writers = new ArrayList<>();
        IntStream.range(0, 8).forEach(writer -> writers.add(() -> commitMany(writer * 100)));

        for (var missing : threads.invokeAll(writers)) {
            assertThat(missing.get()).isZero();
        }
        threads.shutdown();
        assertThat(onDisk()).isEqualTo(8 * 20);
    }

    @Test
    void doesNotWaitForATransactionThatGoesOn() throws Exception {
        try (var other = database.getConnection();
                var connection = database.getConnection()) {
            other.setAutoCommit(false);
            connection.setAutoCommit(false);
            add(other, 1);
            add(connection, 2);

            connection.commit();

            assertThat(onDisk()).isOne();
        }
    }

    @Test
    void doesNotWaitForeverForOneOfAnotherThread() throws Exception {
        var begun = new CountDownLatch(1);
        var over = new CountDownLatch(1);
        var other = Executors.newSingleThreadExecutor();
        var result = other.submit(() -> inTransaction(connection -> {
            add(connection, 1000);
            begun.countDown();
            over.await();
        }));
        begun.await();

        assertThat(commitMany(0)).isZero();
        assertThat(onDisk()).isEqualTo(20);

        over.countDown();
        assertThat(result.get()).isTrue();
        other.shutdown();
        assertThat(onDisk()).isEqualTo(21);
    }

    /** As where something is recorded, whatever becomes of the transaction that it happened in. */
    @Test
    void threadsWithATransactionWithinATransactionDoNotWaitForEachOther() throws Exception {
        var threads = Executors.newFixedThreadPool(4);
        List<Callable<Integer>> writers = new ArrayList<>();
        IntStream.range(0, 4)
                .forEach(writer -> writers.add(() -> {
                    var missing = new AtomicInteger();
                    for (int id = writer * 100; id < writer * 100 + 10; id++) {
                        int inner = id;
                        inTransaction(outer -> {
                            add(outer, 1000 + inner);
                            inTransaction(connection -> add(connection, inner));
                            missing.addAndGet(isOnDisk(inner) && !isOnDisk(1000 + inner) ? 0 : 1);
                        });
                    }
                    return missing.get();
                }));

        for (var missing : threads.invokeAll(writers)) {
            assertThat(missing.get()).isZero();
        }
        threads.shutdown();
        assertThat(onDisk()).isEqualTo(80);
    }

    /** It is in the middle of a change for as long as it waits, and who holds the row has more to change before it lets go. */
    @Test
    @Timeout(15)
    void aStatementThatWaitsForARowHoldsNobodyUp() throws Exception {
        var threads = Executors.newFixedThreadPool(2);
        var held = new CountDownLatch(1);
        var committed = new CountDownLatch(1);
        try (var first = database.getConnection()) {
            add(first, 1);
        }
        var holder = threads.submit(() -> inTransaction(connection -> {
            execute(connection, "SELECT id FROM entry WHERE id = 1 FOR UPDATE");
            held.countDown();
            committed.await();
            for (int id = 100; id < 120; id++) {
                add(connection, id);
            }
        }));
        held.await();
        var waiter = threads.submit(() -> inTransaction(connection -> {
            execute(connection, "SET LOCK_TIMEOUT 30000");
            execute(connection, "DELETE FROM entry WHERE id = 1");
        }));

        assertThat(commitMany(200)).isZero();
        committed.countDown();
        assertThat(holder.get()).isTrue();
        assertThat(waiter.get()).isTrue();
        threads.shutdown();
        assertThat(onDisk()).isEqualTo(40);
    }

    @Test
    void failsWhereItCannotBeWritten() throws Exception {
        try (var connection = database.getConnection()) {
            connection.setAutoCommit(false);
            add(connection, 1);
            try (var other = DriverManager.getConnection("jdbc:h2:file:" + directory + "/live" + OPTIONS);
                    var statement = other.createStatement()) {
                statement.execute("SHUTDOWN IMMEDIATELY");
            }

            assertThatThrownBy(connection::commit).isInstanceOf(SQLException.class);
        }
    }

    /** The delay that each is opened with, and the one that H2 has then, in milliseconds. */
    @ParameterizedTest
    @CsvSource({"'', 5000", "WRITE_DELAY=100, 5000", "WRITE_DELAY=0, 0", "WRITE_DELAY=600000, 600000"})
    void leavesNoWriteToH2WhereGroupsWrite(String option, int delay) throws SQLException {
        var source = new GroupingDataSource(
                new DriverManagerDataSource("jdbc:h2:file:" + directory.resolve("other") + ";" + option));
        try (var connection = source.getConnection()) {
            assertThat(GroupingConnection.session(connection)
                            .getDatabase()
                            .getStore()
                            .getMvStore()
                            .getAutoCommitDelay())
                    .isEqualTo(delay);
        }
    }

    private boolean inTransaction(Use use) throws Exception {
        try (var connection = database.getConnection()) {
            connection.setAutoCommit(false);
            use.of(connection);
            connection.commit();
        }
        return true;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Commits one row after another, and tells how many were not on disk then. */
    private int commitMany(int first) throws Exception {
        int missing = 0;
        for (int id = first; id < first + 20; id++) {
            int row = id;
            inTransaction(connection -> add(connection, row));
            if (id % 5 == 0 && !isOnDisk(id)) {
                missing++;
            }
        }
        return missing;
    }

    private static void add(Connection connection, int id) throws SQLException {
        try (var statement = connection.prepareStatement("INSERT INTO entry VALUES (?)")) {
            statement.setInt(1, id);
            statement.executeUpdate();
        }
    }

    private boolean isOnDisk(int id) throws Exception {
        return count("SELECT COUNT(*) FROM entry WHERE id = " + id) == 1;
    }

    private int onDisk() throws Exception {
        return count("SELECT COUNT(*) FROM entry");
    }

    private int count(String sql) throws IOException, SQLException {
        try (var connection = KilledServer.left(directory);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private interface Use {
        void of(Connection connection) throws Exception;
    }
}
