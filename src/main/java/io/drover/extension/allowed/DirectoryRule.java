package io.drover.extension.allowed;

import io.drover.home.StartRefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Which directories may be set: absolute ones that do not lead to the server's home. */
final class DirectoryRule {
    /** What VMs leave in the server's home, and nothing of the server's own. */
    static final String VMS = "vms";

    static final String SIMULATOR = "simulator";

    private static final String SETTING = "drover.extensions.allowed-directories.";
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");

    private final Path home;

    DirectoryRule(Path home) {
        this.home = real(home);
    }

    /** Whether details may lead to this directory, whoever names it. */
    boolean allows(String path) {
        return WindowsPaths.isFull(path) || (path.startsWith("/") && !leadsHome(real(Path.of(path))));
    }

    /** @throws StartRefusedException when it must not be set */
    void require(String name, String path) {
        if (!NAME.matcher(name).matches()) {
            throw refused(name, path, "is no name of allowed directories", "Use small letters, digits and '-'.");
        }
        if (!WindowsPaths.isFull(path) && (!path.startsWith("/") || path.equals("/") || path.indexOf('\0') >= 0)) {
            throw refused(name, path, "is not the absolute path of a directory below /", "Name it by its full path.");
        }
        if (!allows(path)) {
            throw refused(
                    name,
                    path,
                    "is, has or is in the server's home " + home,
                    "Extensions must not be sent to keys and database. Only " + home.resolve(VMS) + " and "
                            + home.resolve(SIMULATOR) + " may be named there.");
        }
    }

    private boolean leadsHome(Path directory) {
        boolean ofVms = List.of(VMS, SIMULATOR).stream().map(home::resolve).anyMatch(directory::startsWith);
        return home.startsWith(directory) || (directory.startsWith(home) && !ofVms);
    }

    private static Path real(Path path) {
        try {
            return RealPath.of(path);
        } catch (IOException e) {
            return path.toAbsolutePath().normalize();
        }
    }

    private static StartRefusedException refused(String name, String path, String why, String what) {
        return new StartRefusedException("The setting " + SETTING + name + " has '" + path + "', which " + why, what);
    }
}
