package io.drover.extension.run;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Starts a program in a session of its own under a supervisor: a two-line shell script that outlives the server and leaves
 * the exit code on disk. Extensions see exactly the contract's three arguments (contract 1.1).
 */
final class ProgramStart {
    /**
     * The trap keeps the supervisor alive until its program has ended; a trapped signal is not inherited. What the shell
     * itself adds to the environment is taken out again.
     */
    private static final String SUPERVISOR = "trap : TERM INT HUP; unset PWD OLDPWD SHLVL; \"$@\"; echo $? >exit";

    /**
     * The same with pipes: a file that a program opens again as {@code /dev/stdout} or {@code /dev/stderr} would be cut off
     * there, a pipe is not.
     */
    private static final String PIPING_SUPERVISOR = "unset PWD OLDPWD SHLVL;"
            + " { { trap : TERM INT HUP; \"$@\"; echo $? >exit; } 2>&3 3>&- | cat >>stdout; } 3>&1 | cat >>stderr";

    private static final List<Path> SETSID = List.of(Path.of("/usr/bin/setsid"), Path.of("/bin/setsid"));

    private final RunnerProperties properties;

    ProgramStart(RunnerProperties properties) {
        this.properties = properties;
    }

    /** The command line with which a command runs in a session of its own. */
    static List<String> inOwnSession(String... command) {
        var line = new ArrayList<String>();
        SETSID.stream().filter(Files::isExecutable).findFirst().ifPresent(setsid -> line.add(setsid.toString()));
        line.addAll(List.of(command));
        return line;
    }

    Process start(RunDirectory directory, RunRequest request) throws IOException {
        var supervisor = request.piped() ? PIPING_SUPERVISOR : SUPERVISOR;
        var command = inOwnSession("/bin/sh", "-c", supervisor, "drover-run");
        command.add(request.program().toString());
        command.add(request.verb());
        command.add(directory.payload().toString());
        command.add(Long.toString(request.timeout().toSeconds()));
        var builder = new ProcessBuilder(command)
                .directory(directory.path().toFile())
                .redirectInput(Redirect.from(new File("/dev/null")))
                .redirectOutput(Redirect.appendTo(directory.output().toFile()))
                .redirectError(Redirect.appendTo(directory.errorOutput().toFile()));
        environment(builder.environment(), request);
        return builder.start();
    }

    private void environment(Map<String, String> environment, RunRequest request) {
        environment.keySet().retainAll(properties.inherit());
        environment.put("PATH", properties.path());
        environment.put("LANG", "C.UTF-8");
        environment.put("LC_ALL", "C.UTF-8");
        environment.putAll(properties.environment());
        environment.putAll(request.environment());
        environment.put("DROVER_ACTION_ID", request.actionId().toString());
    }
}
