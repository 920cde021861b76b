package io.drover.extension.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The user of the operating system that programs run as, when that is not the server's own.
 *
 * @param group the number of the user's primary group
 */
record RunUser(String name, int number, int group, String home) {
    static final String SETTING = "drover.runner.user";
    static final Set<PosixFilePermission> THROUGH = PosixFilePermissions.fromString("rwx--x---");
    private static final int FIELDS = 6;

    /** Refuses a user that does not exist, and any where the server is not root. */
    static RunUser named(String name) {
        if (!isRoot()) {
            throw new RunnerRefusal(
                    SETTING + " is " + name + ", but only a server that runs as root can run programs as another user",
                    "Start the server as root, or remove the setting: programs then run as the server's user.");
        }
        var getent = Tool.GETENT.require(SETTING).toString();
        var entry = ShortTool.run(List.of(getent, "passwd", name));
        var fields = entry.text().split(":", -1);
        if (entry.exitCode() != 0 || fields.length < FIELDS) {
            throw new RunnerRefusal(
                    SETTING + " is " + name + ", but there is no such user",
                    "Create it, for instance with: useradd --system --user-group --create-home " + name);
        }
        return new RunUser(fields[0], Integer.parseInt(fields[2]), Integer.parseInt(fields[3]), fields[5]);
    }

    static boolean isRoot() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** What has to stand before a command so that this user runs it. */
    List<String> prefix() {
        var setpriv = Tool.SETPRIV.require(SETTING).toString();
        return List.of(setpriv, "--reuid=" + number, "--regid=" + group, "--init-groups", "--inh-caps=-all", "--");
    }

    Map<String, String> environment() {
        return Map.of("HOME", home, "USER", name, "LOGNAME", name);
    }

    void own(Path path) throws IOException {
        Files.setAttribute(path, "unix:uid", number, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(path, "unix:gid", group, LinkOption.NOFOLLOW_LINKS);
    }

    /** Makes what is the server's own this user's; what is a third one's stays that. */
    void take(Path directory) throws IOException {
        var server = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        if (server.equals(Files.getAttribute(directory, "unix:uid", LinkOption.NOFOLLOW_LINKS))) {
            own(directory);
        }
    }

    /** Lets this user's group through a directory, without a look at what is in it. */
    void letThrough(Path directory) throws IOException {
        Files.setAttribute(directory, "unix:gid", group, LinkOption.NOFOLLOW_LINKS);
        Files.setPosixFilePermissions(directory, THROUGH);
    }
}
