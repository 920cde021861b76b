package io.drover.extension.allowed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Where a path leads once symbolic links are followed, also if its end is missing. */
final class RealPath {
    private static final int MOST_LINKS = 40;

    private RealPath() {}

    /** @throws IOException when that cannot be found out */
    static Path of(Path path) throws IOException {
        return of(path.toAbsolutePath().normalize(), 0);
    }

    private static Path of(Path path, int links) throws IOException {
        if (links > MOST_LINKS) {
            throw new IOException("too many symbolic links");
        }
        if (Files.isSymbolicLink(path)) {
            return of(path.resolveSibling(Files.readSymbolicLink(path)).normalize(), links + 1);
        }
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return path.toRealPath();
        }
        var parent = path.getParent();
        return parent == null ? path : of(parent, links).resolve(path.getFileName());
    }
}
