package io.drover.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** What is on disk at a moment, as a server that is killed then leaves it. */
final class KilledServer {
    private KilledServer() {}

    /** A copy of the database {@code live} in this directory. */
    static Connection left(Path directory) throws IOException, SQLException {
        var copy = Files.createTempDirectory(directory, "copy");
        Files.copy(directory.resolve("live.mv.db"), copy.resolve("copy.mv.db"));
        return DriverManager.getConnection("jdbc:h2:file:" + copy + "/copy");
    }
}
