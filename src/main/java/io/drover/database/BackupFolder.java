package io.drover.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Backups of the database in a directory, named by when they were made; all else in it is left alone. */
record BackupFolder(Path directory) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final Pattern NAME = Pattern.compile("drover-(\\d{8}T\\d{6}Z)\\.zip");
    private static final String DRAFT = "drover.zip.new";

    /** What writes a backup to an empty file that it is given. */
    interface Writer {
        void write(Path file) throws IOException;
    }

    /** The newest, and when it was made; none where there is no directory. */
    Optional<Path> newest() {
        return all().stream().findFirst();
    }

    Optional<Instant> newestTime() {
        return newest().map(file -> {
            var name = NAME.matcher(file.getFileName().toString());
            return name.matches() ? LocalDateTime.parse(name.group(1), TIME).toInstant(ZoneOffset.UTC) : Instant.EPOCH;
        });
    }

    /** A backup that is there whole or not at all, for nobody else to read; older ones are removed but for so many. */
    Path add(Instant now, int keep, Writer writer) throws IOException {
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        var draft = directory.resolve(DRAFT);
        try {
            Files.deleteIfExists(draft);
            Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            writer.write(draft);
            try (var written = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                written.force(true);
            }
            var file = directory.resolve("drover-" + TIME.format(now) + ".zip");
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            for (var old : all().stream().skip(keep).toList()) {
                Files.deleteIfExists(old);
            }
            return file;
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** Newest first. */
    private List<Path> all() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (var files = Files.list(directory)) {
            return files.filter(
                            file -> NAME.matcher(file.getFileName().toString()).matches())
                    .sorted(Comparator.reverseOrder())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
