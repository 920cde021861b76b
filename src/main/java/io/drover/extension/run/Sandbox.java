package io.drover.extension.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The view of the machine that bwrap(1) gives a program: everything read-only, what is hidden of Drover's home included, so that
 * nothing is written there in vain; {@code /tmp}, {@code /var/tmp} and {@code /dev/shm} empty and its own; of Drover's home
 * only the extensions and its own run; processes of its own run alone, which end with the
 * program. The network is the machine's.
 */
final class Sandbox {
    static final String SETTING = "drover.runner.sandbox=bwrap";
    private static final List<Path> EMPTIED = List.of(Path.of("/tmp"), Path.of("/var/tmp"));

    /** Tells a program that what it writes to temporary directories goes with it. */
    static final String VARIABLE = "DROVER_SANDBOX";

    private static final Pattern READ_ONLY = Pattern.compile("Read-only file system|EROFS|Errno 30");
    private static final String WRITABLE = "drover.runner.sandbox-writable";

    private final Path home;
    private final List<String> view = new ArrayList<>();
    private final List<String> writable = new CopyOnWriteArrayList<>();

    Sandbox(Path drover, List<Path> writable) throws IOException {
        home = drover.toRealPath();
        view.add(Tool.BWRAP.require(SETTING).toString());
        view.addAll(List.of("--ro-bind", "/", "/", "--dev", "/dev", "--tmpfs", "/dev/shm", "--remount-ro", "/dev"));
        view.addAll(List.of("--unshare-pid", "--proc", "/proc"));
        view.add("--unshare-ipc");
        EMPTIED.forEach(path -> view.addAll(List.of("--tmpfs", path.toString())));
        view.addAll(List.of("--tmpfs", home.toString()));
        for (var programs : HomeDoors.PROGRAMS) {
            bind(view, "--ro-bind-try", home.resolve(programs));
        }
        for (var path : writable) {
            offer(checked(path));
        }
    }

    /** Has programs write to a directory from now on. */
    void offer(Path directory) throws IOException {
        List<String> arguments = new ArrayList<>();
        bind(arguments, "--bind", directory);
        writable.addAll(arguments);
    }

    private static Path checked(Path path) {
        if (!path.isAbsolute() || !Files.exists(path)) {
            throw new RunnerRefusal(
                    WRITABLE + " has " + path + ", which is not the absolute path of something that exists",
                    "Create it, owned by the user that programs run as, or take it out of the setting.");
        }
        return path;
    }

    /**
     * What has to stand before a program so that it runs in the sandbox. The shell is the first of the sandbox's processes:
     * with it the others end.
     */
    List<String> prefix(RunDirectory directory, Path program) throws IOException {
        var prefix = new ArrayList<>(view);
        if (isHidden(program)) {
            var folder = program.getParent();
            bind(prefix, "--ro-bind", folder == null || home.startsWith(folder) ? program : folder);
        }
        bind(prefix, "--ro-bind", directory.path());
        bind(prefix, "--bind", directory.work());
        prefix.addAll(writable);
        prefix.addAll(List.of("--remount-ro", home.toString()));
        prefix.addAll(
                List.of("--chdir", directory.work().toString(), "--setenv", VARIABLE, "bwrap", "--as-pid-1", "--"));
        prefix.addAll(List.of("/bin/sh", "-c", "unset PWD OLDPWD SHLVL; \"$@\"; exit $?", "drover-run"));
        return prefix;
    }

    /** What a program probably ran into if it has failed; null where nothing points to the sandbox. */
    @Nullable
    static String suspect(Output output, Output errorOutput) {
        boolean wrote = READ_ONLY.matcher(output.text()).find()
                || READ_ONLY.matcher(errorOutput.text()).find();
        return wrote
                ? "perhaps it wrote where " + SETTING + " lets no program write; name the directory in " + WRITABLE
                : null;
    }

    private boolean isHidden(Path program) throws IOException {
        var path = program.toRealPath();
        return Stream.concat(EMPTIED.stream(), Stream.of(home)).anyMatch(path::startsWith)
                && HomeDoors.PROGRAMS.stream().map(home::resolve).noneMatch(path::startsWith);
    }

    /** A mount point must not lie behind a symbolic link. */
    private static void bind(List<String> arguments, String option, Path path) throws IOException {
        var real = Files.exists(path) ? path.toRealPath().toString() : path.toString();
        arguments.addAll(List.of(option, real, real));
    }
}
