package io.drover.extension.run;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Starts a program in a session of its own under a supervisor: a two-line shell script that outlives the server and leaves
 * the exit code on disk. Extensions see exactly the contract's three arguments (contract 1.1).
 */
final class ProgramStart {
    /**
     * The trap keeps the supervisor alive until its program has ended; a trapped signal is not inherited. What the shell
     * itself adds to the environment is taken out again.
     */
    private static final String SUPERVISOR =
            "%3$strap : TERM INT HUP; unset PWD OLDPWD SHLVL; \"$@\"; echo $? >%1$sexit";

    /**
     * The same with pipes: a file that a program opens again as {@code /dev/stdout} or {@code /dev/stderr} would be cut off
     * there, a pipe is not.
     */
    private static final String PIPING_SUPERVISOR = "%3$strap : TERM INT HUP; unset PWD OLDPWD SHLVL;"
            + " { { trap : TERM INT HUP; %2$s\"$@\"; echo $? >%1$sexit; } 2>&3 3>&- | { %4$s >>%1$sstdout; }; } 3>&1"
            + " | { %4$s >>%1$sstderr; }";

    /** Signals to the whole session, which a program may send, must not cost it its output. */
    private static final String COLLECT = "trap '' TERM INT HUP; exec cat";

    /** Lets another user open the pipes by name. */
    private static final String GIVE_PIPES = "chown %d /proc/self/fd/1 /proc/self/fd/2; ";

    private static final List<String> SETSID = Stream.of("/usr/bin/setsid", "/bin/setsid")
            .filter(tool -> Files.isExecutable(Path.of(tool)))
            .limit(1)
            .toList();

    private final RunnerProperties properties;
    private final Confinement confinement;

    ProgramStart(RunnerProperties properties, Confinement confinement) {
        this.properties = properties;
        this.confinement = confinement;
    }

    /** The command line with which a command runs in a session of its own. */
    static List<String> inOwnSession(String... command) {
        var line = new ArrayList<>(SETSID);
        line.addAll(List.of(command));
        return line;
    }

    Process start(RunDirectory directory, RunRequest request) throws IOException {
        var command = inOwnSession("/bin/sh", "-c", supervisor(request), "drover-run");
        command.addAll(confinement.prefix(directory, request.program()));
        command.add(request.program().toString());
        command.add(request.verb());
        command.add(directory.payload().toString());
        command.add(Long.toString(request.timeout().toSeconds()));
        var builder = new ProcessBuilder(command)
                .directory((confinement.isApart() ? directory.work() : directory.path()).toFile())
                .redirectInput(Redirect.from(new File("/dev/null")))
                .redirectOutput(Redirect.appendTo(directory.output().toFile()))
                .redirectError(Redirect.appendTo(directory.errorOutput().toFile()));
        environment(builder.environment(), request);
        return builder.start();
    }

    /** Whether pipes lie between the program and the files of its outputs. */
    boolean isPiped(RunRequest request) {
        return request.piped() || confinement.needsPipes();
    }

    private String supervisor(RunRequest request) {
        var user = confinement.user();
        var give = user == null ? "" : GIVE_PIPES.formatted(user.number());
        var script = isPiped(request) ? PIPING_SUPERVISOR : SUPERVISOR;
        var mark = new RunMark(request.actionId()).shellCommand();
        return script.formatted(confinement.isApart() ? "../" : "", give, mark, COLLECT);
    }

    private void environment(Map<String, String> environment, RunRequest request) {
        environment.keySet().retainAll(properties.inherit());
        environment.put("PATH", properties.path());
        environment.put("LANG", "C.UTF-8");
        environment.put("LC_ALL", "C.UTF-8");
        environment.putAll(confinement.environment());
        environment.putAll(properties.environment());
        environment.putAll(request.environment());
        environment.put("DROVER_ACTION_ID", request.actionId().toString());
    }
}
