package io.drover.extension.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.util.List;

/**
 * Deletes a directory in which a program, perhaps another user's, may still be at work: never by a path that the program
 * could lead elsewhere meanwhile.
 */
final class RunRemoval {
    private static final int DEEPEST = 32;

    /** Copes with depths that use up stacks and with directories whose modes keep even their owner out. */
    private static final String THOROUGH = "chmod -R u+rwx -- \"$1\" 2>/dev/null; rm -rf -- \"$1\"";

    private RunRemoval() {}

    static void remove(Path directory) throws IOException {
        try (var entries = Files.newDirectoryStream(directory)) {
            if (!(entries instanceof SecureDirectoryStream<Path> secure)) {
                throw new IOException("Deleting by name is not safe here");
            }
            empty(secure, 0);
        } catch (NoSuchFileException e) {
            return;
        } catch (IOException e) {
            thoroughly(directory);
        }
        Files.deleteIfExists(directory);
    }

    private static void empty(SecureDirectoryStream<Path> directory, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new IOException("Too deep");
        }
        for (var entry : directory) {
            var name = entry.getFileName();
            if (isDirectory(directory, name)) {
                try (var below = directory.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
                    empty(below, depth + 1);
                }
                directory.deleteDirectory(name);
            } else {
                directory.deleteFile(name);
            }
        }
    }

    private static boolean isDirectory(SecureDirectoryStream<Path> directory, Path name) throws IOException {
        return directory
                .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes()
                .isDirectory();
    }

    private static void thoroughly(Path directory) throws IOException {
        var result = Tool.run(List.of("/bin/sh", "-c", THOROUGH, "drover-run", directory.toString()));
        if (result.exitCode() != 0) {
            throw new IOException("Cannot remove " + directory + ": " + result.text());
        }
    }
}
