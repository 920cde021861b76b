package io.drover.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;

/** Payload files of one call each, as whoever calls an extension must write them. */
final class Calls {
    private final Path directory;
    private final byte[] payload;

    Calls(Path directory, byte[] payload) throws IOException {
        this.directory = Files.createDirectories(directory);
        this.payload = payload;
    }

    Path begin() throws IOException {
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var file = Files.createFile(directory.resolve(UUID.randomUUID() + ".json"), mode);
        Files.write(file, payload);
        return file;
    }

    static void end(Path file, String answer) throws IOException {
        Files.delete(file);
        if (!answer.contains("poweron")) {
            throw new IllegalStateException("The script answered: " + answer);
        }
    }
}
