package io.drover.extension.files;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The modes Drover gives the files it writes into an extension's folder, whatever the umask. */
public final class FileModes {
    private static final Set<PosixFilePermission> EXECUTABLE = PosixFilePermissions.fromString("rwxr-xr-x");
    private static final Set<PosixFilePermission> PLAIN = PosixFilePermissions.fromString("rw-r--r--");
    private static final byte[] SCRIPT = {'#', '!'};

    private FileModes() {}

    /** 0755 for directories, for the entry point and for every file that begins with {@code #!}, 0644 for the rest. */
    public static void set(Path folder, @Nullable Path entry) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                Files.setPosixFilePermissions(directory, EXECUTABLE);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.setPosixFilePermissions(file, file.equals(entry) || isScript(file) ? EXECUTABLE : PLAIN);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Like {@link #set}, but what is executable stays so: a program may be no script. */
    public static void add(Path folder, Path entry) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (file.equals(entry) || isScript(file)) {
                    Files.setPosixFilePermissions(file, EXECUTABLE);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static boolean isScript(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(SCRIPT.length), SCRIPT);
        }
    }
}
