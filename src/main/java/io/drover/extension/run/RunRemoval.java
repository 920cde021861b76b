package io.drover.extension.run;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Deletes what stands under a name below {@code runs/}, where a program, perhaps another user's, may still be at work: relative to
 * directories that are held open, never by a path that the program could lead elsewhere meanwhile, and never through a link.
 */
final class RunRemoval {
    /** So many directories are open at once at most; what lies deeper is brought up before it is deleted. */
    private static final int DEEPEST = 32;

    /** New depths come up each time, but a program that is still at work can make more of them. */
    private static final int ROUNDS = 10_000;

    private static final int TRIES = 10;

    /** Lets the owner into directories that a program has locked. Follows no link, and copes with any depth. */
    private static final String UNLOCK = "PATH=/usr/bin:/bin; export PATH; "
            + "find -P \"$1\" -xdev -type d ! -perm -700 -execdir chmod u+rwx '{}' ';' 2>/dev/null; :";

    private final SecureDirectoryStream<Path> top;
    private int broughtUp;
    private @Nullable IOException failure;

    private RunRemoval(SecureDirectoryStream<Path> top) {
        this.top = top;
    }

    /** Deletes one entry of a directory that no program can have replaced; does nothing where there is none. */
    static void remove(Path runs, String name) throws IOException {
        for (int again = TRIES; ; again--) {
            try {
                removeOnce(runs, name);
                return;
            } catch (DirectoryNotEmptyException e) {
                if (again == 0) { // an output that is just being trimmed makes a file or two, not more
                    throw e;
                }
            }
        }
    }

    private static void removeOnce(Path runs, String name) throws IOException {
        try {
            tryToRemove(runs, name);
        } catch (IOException e) {
            if (RunUser.isRoot()) {
                throw e;
            }
            // only processes of the server's own user can be at work here, so a race gains nobody anything
            ShortTool.run(List.of(
                    "/bin/sh", "-c", UNLOCK, "drover-run", runs.resolve(name).toString()));
            tryToRemove(runs, name);
        }
    }

    private static void tryToRemove(Path runs, String name) throws IOException {
        try (var directory = RunHandle.secure(runs)) {
            var entry = Path.of(name);
            var found = RunHandle.look(directory, entry);
            if (found.isEmpty()) {
                return;
            }
            if (found.get().isDirectory()) {
                try (var top = directory.newDirectoryStream(entry, LinkOption.NOFOLLOW_LINKS)) {
                    new RunRemoval(top).emptyTop();
                }
                directory.deleteDirectory(entry);
            } else {
                directory.deleteFile(entry);
            }
        } catch (NoSuchFileException e) {
            // a program has taken it away meanwhile
        }
    }

    /** A directory tells its entries once only, so what has been brought up is found by opening it again. */
    private void emptyTop() throws IOException {
        empty(top, 0);
        for (int round = 0; broughtUp > 0 && round < ROUNDS && failure == null; round++) {
            broughtUp = 0;
            try (var again = top.newDirectoryStream(Path.of("."), LinkOption.NOFOLLOW_LINKS)) {
                empty(again, 0);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void empty(SecureDirectoryStream<Path> directory, int depth) throws IOException {
        List<Path> names = new ArrayList<>();
        directory.forEach(entry -> names.add(entry.getFileName()));
        for (var name : names) {
            try {
                delete(directory, name, depth);
            } catch (NoSuchFileException e) {
                // gone already
            } catch (IOException e) {
                failure = failure == null ? e : failure;
            }
        }
    }

    private void delete(SecureDirectoryStream<Path> directory, Path name, int depth) throws IOException {
        if (!RunHandle.look(directory, name)
                .map(BasicFileAttributes::isDirectory)
                .orElse(false)) {
            directory.deleteFile(name);
        } else if (depth >= DEEPEST) {
            directory.move(name, top, Path.of(".drover-" + broughtUp + "-" + System.nanoTime()));
            broughtUp++;
        } else {
            try (var below = directory.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
                empty(below, depth + 1);
            }
            directory.deleteDirectory(name);
        }
    }
}
