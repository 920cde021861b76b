package io.drover.extension.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What {@code /proc/<pid>/stat} (proc(5)) says of a process; Linux only.
 *
 * @param state one letter; {@code Z} and {@code X} are dead
 * @param session the process id of its session's leader
 * @param startTicks when it started, in clock ticks since the machine did; changes of the machine's time do not move it
 */
record ProcessStat(String state, long session, long startTicks) {
    private static final int STATE = 0;
    private static final int SESSION = 3;
    private static final int START = 19;

    /** Empty when there is no such process, or no such file system. */
    static Optional<ProcessStat> of(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
            var fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
            return fields.length <= START
                    ? Optional.empty()
                    : Optional.of(new ProcessStat(
                            fields[STATE], Long.parseLong(fields[SESSION]), Long.parseLong(fields[START])));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    boolean isDead() {
        return state.equals("Z") || state.equals("X");
    }
}
