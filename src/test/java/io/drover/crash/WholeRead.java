package io.drover.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads every row of every table of H2's file as a killed server has left it, from a copy: most pages of a file are seldom read. */
final class WholeRead {
    private static final String TABLES =
            "SELECT table_schema, table_name FROM information_schema.tables WHERE table_type = 'BASE TABLE'"
                    + " AND table_schema <> 'INFORMATION_SCHEMA'";

    private WholeRead() {}

    /**
     * Reads what is in a server's home, if it has such a file.
     *
     * @param when told with what is found
     */
    static void of(Path home, String when, Findings findings) {
        var file = home.resolve("db/drover.mv.db");
        if (!Files.exists(file)) {
            return;
        }
        var copy = home.resolveSibling(home.getFileName() + "-copy.mv.db");
        try {
            Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            findings.figure("rows that were read from the file after the last kill", rows(copy));
            findings.count("files that were read whole after a kill");
        } catch (IOException | SQLException e) {
            findings.violation("The database cannot be read whole after " + when + ": " + e);
        } finally {
            delete(copy);
        }
    }

    private static long rows(Path copy) throws SQLException {
        var name = copy.toAbsolutePath().toString().replaceFirst("\\.mv\\.db$", "");
        long rows = 0;
        try (var connection = DriverManager.getConnection(
                "jdbc:h2:file:" + name + ";IFEXISTS=TRUE;TRACE_LEVEL_FILE=0", "drover", "")) {
            for (var table : tables(connection)) {
                rows += rows(connection, table);
            }
        }
        return rows;
    }

    private static List<String> tables(Connection connection) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (var statement = connection.createStatement();
                var found = statement.executeQuery(TABLES)) {
            while (found.next()) {
                tables.add('"' + found.getString(1) + "\".\"" + found.getString(2) + '"');
            }
        }
        return tables;
    }

    private static long rows(Connection connection, String table) throws SQLException {
        long rows = 0;
        try (var statement = connection.createStatement();
                var found = statement.executeQuery("SELECT * FROM " + table)) {
            int columns = found.getMetaData().getColumnCount();
            while (found.next()) {
                for (int column = 1; column <= columns; column++) {
                    found.getString(column);
                }
                rows++;
            }
        }
        return rows;
    }

    private static void delete(Path copy) {
        try {
            Files.deleteIfExists(copy);
        } catch (IOException e) {
            Findings.say(copy + " is left behind: " + e);
        }
    }
}
