package io.drover.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.zip.ZipInputStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;

/** How large a database is, with its indexes and without what waits to be given back. */
interface DatabaseSize {
    String name();

    long bytes() throws IOException, SQLException;

    /**
     * The size of H2's file, of a compacted copy.
     *
     * @param options what stands behind the file in the database's URL
     */
    static DatabaseSize ofH2(JdbcClient jdbc, Path directory, String options) {
        return new DatabaseSize() {
            @Override
            public String name() {
                return "h2: the compacted file";
            }

            @Override
            public long bytes() throws IOException, SQLException {
                var copy = Files.createTempDirectory(directory, "copy-");
                try {
                    return compacted(jdbc, copy, options);
                } finally {
                    FileSystemUtils.deleteRecursively(copy);
                }
            }
        };
    }

    /** The sum of {@code pg_total_relation_size} after a {@code VACUUM FULL}. */
    static DatabaseSize ofPostgres(JdbcClient jdbc) {
        return new DatabaseSize() {
            @Override
            public String name() {
                return "postgresql: the sum of pg_total_relation_size after VACUUM FULL";
            }

            @Override
            public long bytes() {
                jdbc.sql("VACUUM FULL").update();
                return jdbc.sql("""
                                SELECT SUM(pg_total_relation_size(oid)) FROM pg_class
                                WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
                                """).query(Long.class).single();
            }
        };
    }

    private static long compacted(JdbcClient jdbc, Path copy, String options) throws IOException, SQLException {
        var zip = copy.resolve("backup.zip");
        jdbc.sql("BACKUP TO '" + zip + "'").update();
        var file = copy.resolve("copy.mv.db");
        try (var entries = new ZipInputStream(Files.newInputStream(zip))) {
            entries.getNextEntry();
            Files.copy(entries, file);
        }
        try (var connection =
                        DriverManager.getConnection("jdbc:h2:file:" + copy.resolve("copy") + options, "drover", "");
                var statement = connection.createStatement()) {
            statement.execute("SHUTDOWN COMPACT");
        }
        return Files.size(file);
    }
}
