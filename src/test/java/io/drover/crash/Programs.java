package io.drover.crash;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The processes of extensions that the servers of one run have started; found by {@code /proc}, Linux only. */
final class Programs {
    private static final Pattern ACTION = Pattern.compile("(?:^|\0)DROVER_ACTION_ID=([0-9a-f-]{36})\0");

    private final Path runs;

    /** The programs of the server with this home. */
    Programs(Path home) {
        this.runs = home.resolve("runs");
    }

    /** The live processes by process id, each with the id of its action. */
    Map<Long, String> alive() {
        Map<Long, String> found = new TreeMap<>();
        ProcessHandle.allProcesses()
                .forEach(process -> action(process.pid()).ifPresent(action -> found.put(process.pid(), action)));
        return found;
    }

    /**
     * Kills every process there is, supervisors included, as the end of the machine would.
     *
     * @return the actions that may have lost their program by it
     */
    Set<String> killAll() {
        Set<String> actions = new TreeSet<>();
        for (int round = 0; round < 3; round++) {
            var alive = alive();
            actions.addAll(alive.values());
            alive.keySet().forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        }
        return actions;
    }

    private Optional<String> action(long pid) {
        try {
            var proc = Path.of("/proc", Long.toString(pid));
            var action = ACTION.matcher(Files.readString(proc.resolve("environ"), StandardCharsets.ISO_8859_1));
            return action.find() && Files.readSymbolicLink(proc.resolve("cwd")).startsWith(runs)
                    ? Optional.of(action.group(1))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
