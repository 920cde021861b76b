package io.drover.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Drover's home directory, {@code drover.home}: created at first use, readable by the server's user alone. */
@Component
public class Home {
    private static final Set<PosixFilePermission> OWNER_ALONE = PosixFilePermissions.fromString("rwx------");

    /** The second lets the user through whom extensions run as, even while the server starts. */
    private static final Set<Set<PosixFilePermission>> KEPT =
            Set.of(OWNER_ALONE, PosixFilePermissions.fromString("rwx--x---"));

    private final Path root;

    Home(@Value("${drover.home}") String root) {
        this.root = create(Path.of(root));
    }

    /** A home that is not the server's, created where it is missing; for work that needs no server. */
    public static Home at(Path root) {
        return new Home(root.toString());
    }

    public Path root() {
        return root;
    }

    /** A directory below home, mode 0700, created where it is missing. */
    public Path directory(String name) {
        return create(root.resolve(name));
    }

    /** A directory that was made for Drover beforehand or by it; a mistaken {@code /tmp} keeps its mode. */
    private static boolean isOurs(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return Files.isDirectory(directory.resolve("keys"))
                    || files.findAny().isEmpty();
        }
    }

    static Path create(Path directory) {
        var path = directory.toAbsolutePath().normalize();
        try {
            var mode = PosixFilePermissions.asFileAttribute(OWNER_ALONE);
            Files.createDirectories(path, mode);
            if (!KEPT.contains(Files.getPosixFilePermissions(path)) && isOurs(path)) {
                Files.setPosixFilePermissions(path, OWNER_ALONE);
            }
            return path;
        } catch (IOException e) {
            throw HomeLock.unusable(path, e);
        }
    }
}
