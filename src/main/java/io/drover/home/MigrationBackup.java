package io.drover.home;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.zip.ZipInputStream;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.flyway.FlywayMigrationStrategy;
import org.springframework.stereotype.Component;

/**
 * Makes changing the tables of the database H2 all or nothing. H2 commits each of its statements by itself, so a server that is
 * killed in the middle would leave tables that no version can start with. The database is saved before; a start that finds it
 * saved goes back to it. PostgreSQL does all this in transactions.
 */
@Component
class MigrationBackup extends StartStep implements FlywayMigrationStrategy {
    private static final Logger LOG = LoggerFactory.getLogger(MigrationBackup.class);
    private static final String FILE = "db/before-migration.zip";

    private final Path file;

    MigrationBackup(Home home) {
        super(0);
        this.file = home.root().resolve(FILE);
    }

    /** Puts back what was saved, if the last start did not get beyond changing the tables. */
    static void restore(Path home) {
        var saved = home.resolve(FILE);
        if (Files.exists(saved)) {
            try (var zip = new ZipInputStream(Files.newInputStream(saved))) {
                for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                    var name = Path.of(entry.getName()).getFileName();
                    Files.copy(zip, saved.resolveSibling(name), StandardCopyOption.REPLACE_EXISTING);
                }
            } catch (IOException e) {
                throw HomeLock.unusable(home, e);
            }
        }
    }

    @Override
    public void migrate(Flyway flyway) {
        if (isOfThisHome(flyway) && flyway.info().pending().length > 0 && !Files.exists(file)) {
            save(flyway);
        }
        flyway.migrate();
    }

    /** By now all tables are there, the engine's among them. */
    @Override
    protected void run() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isOfThisHome(Flyway flyway) {
        try (var connection = flyway.getConfiguration().getDataSource().getConnection()) {
            return connection.getMetaData().getURL().startsWith("jdbc:h2:file:" + file.getParent());
        } catch (SQLException e) {
            throw new IllegalStateException("The database cannot be reached", e);
        }
    }

    private void save(Flyway flyway) {
        LOG.info("The database is saved to {} while its tables are changed", file);
        var draft = file.resolveSibling("before-migration.new");
        try (var connection = flyway.getConfiguration().getDataSource().getConnection();
                var statement = connection.prepareStatement("BACKUP TO ?")) {
            statement.setString(1, draft.toString());
            statement.execute();
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (SQLException | IOException e) {
            throw new StartRefusedException(
                    "The database cannot be saved to " + file + " before its tables are changed: " + e.getMessage(),
                    "Make room for a second copy of the database");
        }
    }
}
