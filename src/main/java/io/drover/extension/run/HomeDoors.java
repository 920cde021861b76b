package io.drover.extension.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The modes that let another user's programs reach their runs and extensions in Drover's home, and nothing else there. */
record HomeDoors(Path home, Path runs) {
    /** Where programs are, which have no secrets. */
    static final Set<String> PROGRAMS = Set.of("extensions", "packages");

    private static final Set<PosixFilePermission> CLOSED = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OWNER = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    void open(RunUser user) throws IOException {
        for (var entry : entries()) {
            if (!entry.equals(runs) && !PROGRAMS.contains(entry.getFileName().toString())) {
                close(entry);
            }
        }
        user.letThrough(runs);
        user.letThrough(home);
    }

    /** Takes back what an earlier life of the server opened. */
    void shut() throws IOException {
        for (var directory : List.of(home, runs)) {
            if (Files.getPosixFilePermissions(directory).equals(RunUser.THROUGH)) {
                Files.setPosixFilePermissions(directory, CLOSED);
            }
        }
    }

    private List<Path> entries() throws IOException {
        try (var entries = Files.list(home)) {
            return entries.filter(entry -> !Files.isSymbolicLink(entry)).toList();
        }
    }

    private static void close(Path entry) throws IOException {
        if (!Files.getOwner(entry, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(Path.of("/proc/self")))) {
            return;
        }
        var mode = Files.getPosixFilePermissions(entry, LinkOption.NOFOLLOW_LINKS);
        var owners = EnumSet.noneOf(PosixFilePermission.class);
        mode.stream().filter(OWNER::contains).forEach(owners::add);
        if (!mode.equals(owners)) {
            Files.setPosixFilePermissions(entry, owners);
        }
    }
}
