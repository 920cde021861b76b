package io.drover.extension.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Starts a program in a session of its own by a supervisor, which leaves its exit code on disk, with a proof and through a
 * file that it has opened before. Extensions see exactly the contract's three arguments (contract 1.1).
 */
final class ProgramStart implements AutoCloseable {
    /**
     * What the shell itself adds to the environment is taken out again. It tells its own standard error that a signal ended
     * the program, so that is not the program's.
     */
    private static final String COMMANDS = """
            cd %1$s && { unset PWD OLDPWD SHLVL; %2$s( exec </dev/null >>%4$s 2>>%5$s 9>&-; %3$s ); \
            echo "$? %9$s" >&9; } 9>>%6$s; cd /; echo '%7$s'
            """;

    /**
     * The same with pipes: a file that a program opens again as {@code /dev/stdout} or {@code /dev/stderr} would be cut off
     * there, a pipe is not. What is left of the program may hold the pipes open, so the supervisor serves no other program.
     * What collects from the pipes ignores what ends all of a service's processes until they are closed.
     */
    private static final String PIPING_COMMANDS = """
            cd %1$s && { unset PWD OLDPWD SHLVL; trap '' TERM INT HUP; \
            { { trap : TERM INT HUP; %2$s( exec </dev/null 2>&3 3>&- 7>&- 8>&- 9>&-; %8$s%3$s ); \
            echo "$? %9$s" >&9; } 2>/dev/null \
            | { exec cat >&7 3>&- 8>&- 9>&-; }; } 3>&1 | { exec cat >&8 7>&- 9>&-; }; } 7>>%4$s 8>>%5$s 9>>%6$s; exit
            """;

    /** Lets another user open the pipes by name. */
    private static final String GIVE_PIPES = "chown %d /proc/self/fd/1 /proc/self/fd/2; ";

    private final Confinement confinement;
    private final Supervisors supervisors;
    private final List<String> session = inOwnSession();

    ProgramStart(RunnerProperties properties, Confinement confinement, Path home) {
        this.confinement = confinement;
        this.supervisors = new Supervisors(environment(properties, confinement), home);
    }

    /** The command line with which a command runs in a session of its own. */
    static List<String> inOwnSession(String... command) {
        var line = new ArrayList<>(List.of(Tool.SETSID.require().toString()));
        line.addAll(List.of(command));
        return line;
    }

    /** Starts the program of a run whose directory and payload are there. */
    LiveRun start(RunRequest request, RunFiles files) throws IOException {
        boolean piped = request.piped() || confinement.needsPipes();
        var commands = commands(files.record(), request, piped);
        files.make();
        try {
            return start(supervisors.take(), request, files, commands, piped);
        } catch (IOException e) {
            // a supervisor that had nothing to do may have been killed
            return start(supervisors.take(), request, files, commands, piped);
        }
    }

    private LiveRun start(Supervisor supervisor, RunRequest request, RunFiles files, String commands, boolean piped)
            throws IOException {
        var tree = new ProcessTree(supervisor.pid(), supervisor.startTicks(), new RunMark(request.actionId()));
        try {
            files.record().write(tree, piped);
            var end = supervisors.run(supervisor, files.record().report(), commands);
            return new LiveRun(
                    files,
                    supervisor.handle(),
                    tree,
                    piped,
                    end,
                    byItself -> supervisors.release(supervisor, byItself));
        } catch (IOException e) {
            supervisors.release(supervisor, false);
            throw e;
        }
    }

    @Override
    public void close() {
        supervisors.close();
    }

    private String commands(RunRecord record, RunRequest request, boolean piped) throws IOException {
        var directory = record.directory();
        var user = confinement.user();
        var mark = new RunMark(request.actionId());
        return (piped ? PIPING_COMMANDS : COMMANDS)
                .formatted(
                        quoted(confinement.isApart() ? directory.work() : directory.path()),
                        mark.shellCommand(),
                        variables(request) + "exec " + quoted(program(directory, request)),
                        quoted(directory.output()),
                        quoted(directory.errorOutput()),
                        quoted(directory.exit()),
                        record.report(),
                        user == null ? "" : GIVE_PIPES.formatted(user.number()),
                        record.proofOfExit());
    }

    private List<String> program(RunDirectory directory, RunRequest request) throws IOException {
        var command = new ArrayList<>(session);
        command.addAll(confinement.prefix(directory, request.program()));
        command.add(request.program().toString());
        command.add(request.verb());
        command.add(directory.payload().toString());
        command.add(Long.toString(request.timeout().toSeconds()));
        return command;
    }

    /** Assignments that hold for one command. */
    private static String variables(RunRequest request) {
        var variables = new HashMap<>(request.environment());
        variables.put(RunMark.VARIABLE, request.actionId().toString());
        return variables.entrySet().stream()
                .map(variable -> variable.getKey() + "=" + quoted(variable.getValue()) + " ")
                .collect(Collectors.joining());
    }

    private static String quoted(List<String> words) {
        return words.stream().map(ProgramStart::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(Object word) {
        if (word.toString().indexOf('\0') >= 0) {
            throw new IllegalArgumentException("An argument of the program contains a NUL character");
        }
        return "'" + word.toString().replace("'", "'\\''") + "'";
    }

    private static Map<String, String> environment(RunnerProperties properties, Confinement confinement) {
        var environment = new HashMap<>(System.getenv());
        environment.keySet().retainAll(properties.inherit());
        environment.put("PATH", properties.path());
        environment.put("LANG", "C.UTF-8");
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("PYTHONDONTWRITEBYTECODE", "1");
        environment.putAll(confinement.environment());
        environment.putAll(properties.environment());
        return environment;
    }
}
