package io.drover.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.zip.ZipInputStream;
import org.springframework.util.FileSystemUtils;

/** By how much H2's file has grown, compacted, after many operations {@code status} of one action each. */
final class Disk {
    private static final int CLIENTS = 16;

    private final Application application;
    private final JavaDoor door;
    private final Path directory;
    private final String options;

    /** @param options what stands behind the file in the database's URL */
    Disk(Application application, JavaDoor door, Path directory, String options) {
        this.application = application;
        this.door = door;
        this.directory = directory;
        this.options = options;
    }

    void run(PrintStream out, int operations) throws Exception {
        long before = compacted();
        ask(operations);
        long after = compacted();
        out.printf(
                Locale.ROOT,
                "h2: the compacted file has grown by %.2f KB an operation with one action, after %d of them%n",
                (after - before) / 1024.0 / operations,
                operations);
    }

    private void ask(int operations) throws Exception {
        var threads = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Callable<Void>> clients = new ArrayList<>();
            for (int number = 0; number < CLIENTS; number++) {
                int client = number;
                clients.add(() -> {
                    for (int call = client; call < operations; call += CLIENTS) {
                        door.call(client);
                    }
                    return null;
                });
            }
            for (var client : threads.invokeAll(clients)) {
                client.get();
            }
        } finally {
            threads.shutdown();
        }
    }

    /** The size of a copy. */
    private long compacted() throws IOException, SQLException {
        var copy = Files.createTempDirectory(directory, "copy-");
        var zip = copy.resolve("backup.zip");
        application.jdbc().sql("BACKUP TO '" + zip + "'").update();
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
        try {
            return Files.size(file);
        } finally {
            FileSystemUtils.deleteRecursively(copy);
        }
    }
}
