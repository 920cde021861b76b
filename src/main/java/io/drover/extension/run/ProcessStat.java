package io.drover.extension.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What {@code /proc/<pid>/stat} (proc(5)) says of a process; elsewhere than on Linux what Java knows of it.
 *
 * @param state one letter; {@code Z} and {@code X} are dead
 * @param parent the process id of its parent
 * @param group the id of its process group; -1 where that is not known
 * @param session the process id of its session's leader; -1 where that is not known
 * @param startTicks when it started, in clock ticks since the machine did, which changes of its time do not move; elsewhere milliseconds
 */
record ProcessStat(long pid, String state, long parent, long group, long session, long startTicks) {
    private static final Path PROC = Path.of("/proc");
    private static final boolean LINUX = Files.exists(PROC.resolve("self/stat"));
    private static final int STATE = 0;
    private static final int PARENT = 1;
    private static final int GROUP = 2;
    private static final int SESSION = 3;
    private static final int START = 19;

    /** Ids of all processes, the latest first as far as ids tell. */
    static List<Long> pids() {
        try (var entries = LINUX ? Files.list(PROC) : Stream.<Path>empty()) {
            var pids = LINUX
                    ? entries.map(entry -> entry.getFileName().toString())
                            .filter(name -> Character.isDigit(name.charAt(0)))
                            .map(Long::valueOf)
                    : ProcessHandle.allProcesses().map(ProcessHandle::pid);
            return pids.sorted(Comparator.reverseOrder()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Empty when there is no such process. */
    static Optional<ProcessStat> of(long pid) {
        return LINUX ? fromProc(pid) : ProcessHandle.of(pid).map(ProcessStat::known);
    }

    private static Optional<ProcessStat> fromProc(long pid) {
        try {
            var stat = Files.readString(PROC.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1);
            var fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", START + 2);
            return fields.length <= START
                    ? Optional.empty()
                    : Optional.of(new ProcessStat(
                            pid,
                            fields[STATE],
                            Long.parseLong(fields[PARENT]),
                            Long.parseLong(fields[GROUP]),
                            Long.parseLong(fields[SESSION]),
                            Long.parseLong(fields[START])));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static ProcessStat known(ProcessHandle process) {
        var parent = process.parent().map(ProcessHandle::pid).orElse(0L);
        var start = process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
        return new ProcessStat(process.pid(), "", parent, -1, -1, start);
    }

    boolean isDead() {
        return state.equals("Z") || state.equals("X");
    }

    /** The process, unless its id has become another's meanwhile. */
    Optional<ProcessHandle> handle() {
        return ProcessHandle.of(pid).filter(process -> of(pid).filter(now -> now.startTicks == startTicks)
                .isPresent());
    }
}
