package io.drover.home;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Drover's home directory, {@code drover.home}: created at first use, readable by the server's user alone. */
@Component
public class Home {
    private final Path root;

    Home(@Value("${drover.home}") String root) {
        this.root = create(Path.of(root));
    }

    public Path root() {
        return root;
    }

    /** A directory below home, mode 0700, created where it is missing. */
    public Path directory(String name) {
        return create(root.resolve(name));
    }

    static Path create(Path directory) {
        var path = directory.toAbsolutePath().normalize();
        try {
            var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
            return Files.createDirectories(path, mode);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot create " + path, e);
        }
    }
}
