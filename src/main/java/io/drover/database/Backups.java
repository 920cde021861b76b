package io.drover.database;

import io.drover.home.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;

/** Saves an H2 database in a file while it is in use, from time to time. Other databases are saved by their own tools. */
@Component
class Backups implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(Backups.class);

    private final BackupProperties properties;
    private final BackupFolder folder;
    private final Optional<Path> database;
    private final JdbcClient jdbc;
    private final Clock clock;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(new CustomizableThreadFactory("drover-backup-"));

    Backups(BackupProperties properties, Home home, JdbcConnectionDetails database, JdbcClient jdbc, Clock clock) {
        this.properties = properties;
        var directory = properties.directory();
        this.folder = new BackupFolder(directory == null ? home.root().resolve("backups") : directory);
        this.database = DatabaseFile.of(database.getJdbcUrl());
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        if (database.isPresent() && properties.keep() > 0) {
            timer.scheduleWithFixedDelay(this::look, 1, 5, TimeUnit.MINUTES);
        }
    }

    /** H2 would close the file in whose use a thread is interrupted. */
    @Override
    public void destroy() throws InterruptedException {
        timer.shutdown();
        if (!timer.awaitTermination(1, TimeUnit.MINUTES)) {
            timer.shutdownNow();
        }
    }

    /** Makes a backup if it is time for one. */
    void look() {
        try {
            var now = Instant.now(clock);
            var last = folder.newestTime();
            if (last.isEmpty() || !now.isBefore(last.get().plus(properties.every()))) {
                save(now);
            }
        } catch (IOException | RuntimeException e) {
            LOG.error(
                    "The database cannot be saved to {}; trying again in some minutes: {}",
                    folder.directory(),
                    e.getMessage());
        }
    }

    private void save(Instant now) throws IOException {
        long begun = System.nanoTime();
        var file = folder.add(now, properties.keep(), this::write);
        LOG.info(
                "The database was saved to {}, {} MB in {} ms",
                file,
                Files.size(file) >> 20,
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
    }

    private void write(Path file) throws IOException {
        long needed = Files.size(database.orElseThrow());
        long free = Files.getFileStore(file).getUsableSpace();
        if (free < needed) {
            throw new IOException("there are " + (free >> 20) + " MB free, and up to " + (needed >> 20) + " MB needed");
        }
        try {
            jdbc.sql("BACKUP TO ?").param(file.toString()).update();
        } catch (DataAccessException e) {
            throw new IOException(e.getMostSpecificCause().getMessage(), e);
        }
    }
}
