package io.drover.access;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/** Files that only the server's user can read and that are never seen half-written: mode 0600 from their first moment. */
final class PrivateFile {
    private PrivateFile() {}

    /** Writes the text, in place of whatever was there. */
    static void write(Path file, String text) throws IOException {
        var draft = draft(file, text);
        try {
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** Writes the text unless there is such a file; of several at the same time, one does. */
    static void writeOnce(Path file, String text) throws IOException {
        if (Files.exists(file)) {
            return;
        }
        var draft = draft(file, text);
        try {
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException e) {
            return; // somebody else was first, and theirs counts
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static Path draft(Path file, String text) throws IOException {
        var draft = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID());
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var channel = FileChannel.open(draft, options, mode)) {
            var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        return draft;
    }
}
