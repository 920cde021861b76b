package io.drover.extension.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
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

    /** A process of the run that is alive, found by its environment alone; a leader of a session rather than another. */
    static Optional<ProcessHandle> survivor(UUID actionId) {
        return ProcessHandle.allProcesses()
                .filter(process -> isMarked(process.pid(), actionId) && !isZombie(process.pid()))
                .min(Comparator.<ProcessHandle, Boolean>comparing(process -> session(process.pid()) != process.pid())
                        .thenComparing(ProcessHandle::pid));
    }

    /** The processes of the run that are alive now; zombies are not. */
    Set<ProcessHandle> members() {
        Set<ProcessHandle> members = new HashSet<>();
        ProcessHandle.of(leader).filter(this::isOurs).ifPresent(process -> {
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

    /** A process id may have been given to another process meanwhile. */
    private boolean isOurs(ProcessHandle process) {
        return !Files.isDirectory(PROC) || isMarked(process.pid(), actionId);
    }

    void terminate() {
        members().forEach(ProcessHandle::destroy);
    }

    void kill() {
        members().forEach(ProcessHandle::destroyForcibly);
    }

    private Set<ProcessHandle> marked() {
        return ProcessHandle.allProcesses()
                .filter(process -> session(process.pid()) == leader || isMarked(process.pid(), actionId))
                .collect(Collectors.toSet());
    }

    private static boolean isMarked(long pid, UUID actionId) {
        var mark = "DROVER_ACTION_ID=" + actionId + "\0";
        try {
            var environment = Files.readString(PROC.resolve(pid + "/environ"), StandardCharsets.ISO_8859_1);
            return environment.startsWith(mark) || environment.contains("\0" + mark);
        } catch (IOException e) {
            return false;
        }
    }

    private static long session(long pid) {
        return ProcessStat.of(pid).map(ProcessStat::session).orElse(-1L);
    }

    private static boolean isZombie(long pid) {
        return ProcessStat.of(pid).map(ProcessStat::isDead).orElse(false);
    }
}
