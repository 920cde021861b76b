package io.drover.extension.run;

import io.drover.extension.run.ConfinementProperties.Kind;
import io.drover.home.Home;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * How programs are held: as another user, within limits, in a sandbox. By default in no way, which costs nothing.
 */
@Component
class Confinement {
    private final Path home;
    private final Path runs;
    private final RunLimits limits;
    private static final Logger LOG = LoggerFactory.getLogger(Confinement.class);

    private final @Nullable RunUser user;
    private final @Nullable Sandbox sandbox;
    private final List<String> prefix = new ArrayList<>();

    Confinement(ConfinementProperties properties, RunLimits limits, Home home) {
        this.home = home.root();
        this.runs = home.directory("runs");
        this.limits = limits;
        this.user = properties.user() == null || properties.user().isBlank() ? null : RunUser.named(properties.user());
        this.sandbox = properties.sandbox() == Kind.NONE ? null : sandbox(properties.sandboxWritable());
        if (limits.processes() != null && user == null) {
            throw new RunnerRefusal(
                    "drover.runner.limits.processes is " + limits.processes()
                            + ", but it counts all processes of a user, and the programs' user is the server's",
                    "Set " + RunUser.SETTING + ", too, or remove the limit.");
        }
        if (!limits.arguments().isEmpty()) {
            prefix.add(Tool.PRLIMIT.require("drover.runner.limits").toString());
            prefix.addAll(limits.arguments());
            prefix.add("--");
        }
        if (user != null) {
            prefix.addAll(user.prefix());
        }
    }

    private Sandbox sandbox(List<Path> writable) {
        try {
            return new Sandbox(home, writable);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether programs are not trusted with the directory of their run, so that they get one inside it to work in. */
    boolean isApart() {
        return user != null || sandbox != null;
    }

    @Nullable
    RunUser user() {
        return user;
    }

    /** Whether a program's streams have to be pipes: a limit for files would count them. */
    boolean needsPipes() {
        return limits.fileSize() != null;
    }

    /** What has to stand before a program's path; empty where nothing is asked for. */
    List<String> prefix(RunDirectory directory, Path program) throws IOException {
        if (sandbox == null) {
            return prefix;
        }
        var whole = new ArrayList<>(prefix);
        whole.addAll(sandbox.prefix(directory, program));
        return whole;
    }

    Map<String, String> environment() {
        return user == null ? Map.of() : user.environment();
    }

    /** Which limit, or which wall of the sandbox, probably led to an exit code, if that is one of a failure; null where none did. */
    @Nullable
    String suspect(int exitCode, Output output, Output errorOutput) {
        var limit = limits.suspect(exitCode);
        return limit != null || sandbox == null ? limit : Sandbox.suspect(output, errorOutput);
    }

    /** Lets programs write to a directory that lies in the home and that only the server could have made. */
    void offer(Path directory) throws IOException {
        if (user != null && !Files.isSymbolicLink(directory)) {
            user.take(directory);
        }
        if (sandbox != null) {
            sandbox.offer(directory);
        }
    }

    /** Whether programs are held in any way, so that it has to be seen whether they can run at all. */
    boolean isHeld() {
        return isApart() || !prefix.isEmpty();
    }

    /** Sets the modes of the home's files for programs' sake, once the database has made its own. */
    void guardHome() {
        if (user == null && RunUser.isRoot()) {
            LOG.warn(
                    "The server runs as root, and so do the programs of extensions: set {} to run them as another user",
                    RunUser.SETTING);
        }
        try {
            var doors = new HomeDoors(home, runs);
            if (user == null) {
                doors.shut();
            } else {
                doors.open(user);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot set the modes of " + home, e);
        }
    }
}
