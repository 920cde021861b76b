package io.drover.database;

import io.drover.home.StartRefusedException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.h2.api.ErrorCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens an H2 database for the first time since the server began, and finds out whether its file is damaged. One that was not
 * closed in good order, after a kill for instance, or that was put back from a backup, is read whole: H2 opens a file in which
 * parts are missing, and fails when they are asked for.
 */
final class FirstLook {
    private static final Logger LOG = LoggerFactory.getLogger(FirstLook.class);
    private static final Set<Integer> DAMAGED =
            Set.of(ErrorCode.FILE_CORRUPTED_1, ErrorCode.FILE_VERSION_ERROR_1, ErrorCode.GENERAL_ERROR_1);
    private static final int HEADER = 4096;
    private static final String TABLES = """
            SELECT table_name FROM information_schema.tables WHERE table_schema = 'PUBLIC' AND table_type = 'BASE TABLE'
            """;

    private final Path file;
    private final BackupFolder backups;

    FirstLook(Path file, BackupFolder backups) {
        this.file = file;
        this.backups = backups;
    }

    /** How the database is opened. */
    interface Opening {
        Connection open() throws SQLException;
    }

    /** @throws StartRefusedException when the file is damaged */
    Connection open(Opening opening) throws SQLException {
        boolean closed = wasClosed();
        Connection connection;
        try {
            connection = opening.open();
        } catch (SQLException e) {
            if (DAMAGED.contains(e.getErrorCode())) {
                throw damaged(e);
            }
            throw e;
        }
        if (!closed) {
            try {
                readWhole(connection);
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw damaged(e);
            }
        }
        return connection;
    }

    /** Whether H2 has left its mark that the file is whole; a file that is not there yet is. */
    private boolean wasClosed() {
        if (!Files.exists(file)) {
            return true;
        }
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(HEADER), StandardCharsets.ISO_8859_1).contains(",clean:1,");
        } catch (IOException e) {
            return false;
        }
    }

    private void readWhole(Connection connection) throws SQLException {
        long begun = System.nanoTime();
        try (var statement = connection.createStatement();
                var read = connection.createStatement()) {
            read.execute("SET LAZY_QUERY_EXECUTION 1");
            try (var tables = statement.executeQuery(TABLES)) {
                while (tables.next()) {
                    readTable(read, tables.getString(1));
                }
            }
            read.execute("SET LAZY_QUERY_EXECUTION 0");
        }
        LOG.info(
                "{} was not closed in good order; it was read whole in {} ms, and nothing is missing",
                file,
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
    }

    private static void readTable(Statement read, String table) throws SQLException {
        try (var rows = read.executeQuery("SELECT * FROM \"" + table.replace("\"", "\"\"") + "\"")) {
            var columns = rows.getMetaData();
            while (rows.next()) {
                for (int column = 1; column <= columns.getColumnCount(); column++) {
                    readValue(rows, column, columns.getColumnType(column));
                }
            }
        } catch (IOException e) {
            throw new SQLException(e.getMessage(), e);
        }
    }

    /** What is large lies elsewhere than its row, and is not taken into memory. */
    private static void readValue(ResultSet row, int column, int type) throws SQLException, IOException {
        if (type == Types.CLOB) {
            try (var text = row.getCharacterStream(column)) {
                if (text != null) {
                    text.transferTo(Writer.nullWriter());
                }
            }
        } else if (type == Types.BLOB) {
            try (var bytes = row.getBinaryStream(column)) {
                if (bytes != null) {
                    bytes.transferTo(OutputStream.nullOutputStream());
                }
            }
        }
    }

    private StartRefusedException damaged(Exception why) {
        var message = String.valueOf(why.getMessage()).lines().findFirst().orElse("");
        var newest = backups.newest();
        return new StartRefusedException(
                "The database " + file + " is damaged: " + message,
                newest.isPresent()
                        ? "Keep the damaged file elsewhere and put back the newest backup: unzip -o " + newest.get()
                                + " -d " + file.getParent() + ". What was done since then is lost"
                        : "Keep the damaged file and put back a backup of yours; there is none in "
                                + backups.directory());
    }
}
