package io.drover.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/** The payloads of a verification on disk, so that its calls can be repeated; for their owner's eyes alone. */
final class PayloadFiles {
    private static final String CALLS = "calls.sh";

    private final @Nullable Path directory;

    /** @param directory null for keeping nothing */
    PayloadFiles(@Nullable Path directory) {
        this.directory = directory == null ? null : create(directory);
    }

    boolean isKept() {
        return directory != null;
    }

    /** Where they are, for a person; null when nothing is kept. */
    @Nullable
    String shown() {
        return directory == null ? null : directory.toString();
    }

    /** Keeps a payload and says how it can be named in a command. */
    String keep(String name, byte[] payload) {
        if (directory == null) {
            return "payload.json";
        }
        var file = directory.resolve(name);
        write(file, payload);
        return file.toString();
    }

    /** Adds a command to the file that has all calls in their order. */
    void log(String command) {
        if (directory != null) {
            write(directory.resolve(CALLS), (command + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    void remove() {
        if (directory != null) {
            try {
                FileSystemUtils.deleteRecursively(directory);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static Path create(Path directory) {
        try {
            var made = Files.createDirectories(directory.toAbsolutePath().normalize());
            Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwx------"));
            try (var files = Files.list(made)) {
                if (files.findAny().isPresent()) {
                    throw new IllegalArgumentException("The directory " + made + " is not empty");
                }
            }
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write to " + directory, e);
        }
    }

    private static void write(Path file, byte[] content) {
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        try (var channel = Files.newByteChannel(file, options, mode)) {
            channel.write(java.nio.ByteBuffer.wrap(content));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }
}
