package io.drover.extension.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Every process that a run brought into being: the members of its session, their descendants, and whatever carries the
 * run's action id in its environment, which finds also those that detached themselves. Linux only; elsewhere the
 * descendants alone.
 */
record ProcessTree(long leader, UUID actionId) {
    private static final Path PROC = Path.of("/proc");

    /** The processes of the run that are alive now; zombies are not. */
    Set<ProcessHandle> members() {
        Set<ProcessHandle> members = new HashSet<>();
        ProcessHandle.of(leader).ifPresent(process -> {
            members.add(process);
            process.descendants().forEach(members::add);
        });
        if (Files.isDirectory(PROC)) {
            members.addAll(marked());
        }
        return members.stream()
                .filter(process -> process.isAlive() && !isZombie(process.pid()))
                .collect(Collectors.toSet());
    }

    void terminate() {
        members().forEach(ProcessHandle::destroy);
    }

    void kill() {
        members().forEach(ProcessHandle::destroyForcibly);
    }

    private Set<ProcessHandle> marked() {
        var mark = "DROVER_ACTION_ID=" + actionId;
        return ProcessHandle.allProcesses()
                .filter(process -> session(process.pid()) == leader || hasInEnvironment(process.pid(), mark))
                .collect(Collectors.toSet());
    }

    private static boolean hasInEnvironment(long pid, String mark) {
        try {
            var environment = Files.readString(PROC.resolve(pid + "/environ"), StandardCharsets.ISO_8859_1);
            return environment.startsWith(mark) || environment.contains("\0" + mark);
        } catch (IOException e) {
            return false;
        }
    }

    private static long session(long pid) {
        var fields = statFields(pid);
        return fields.length > 3 ? Long.parseLong(fields[3]) : -1;
    }

    private static boolean isZombie(long pid) {
        var fields = statFields(pid);
        return fields.length > 0 && (fields[0].equals("Z") || fields[0].equals("X"));
    }

    /** The fields of {@code /proc/<pid>/stat} (proc(5)) from the third, the state, on. */
    private static String[] statFields(long pid) {
        try {
            var stat = Files.readString(PROC.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1);
            return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        } catch (IOException e) {
            return new String[0];
        }
    }
}
