package io.drover.extension.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * KILL for processes that are others each time they are looked for, because they fork and end faster than a look lasts:
 * to whole process groups at once, and on sight to those that are only just there.
 */
final class Hunt {
    private static final Path LOAD = Path.of("/proc/loadavg");
    private static final long LASTS = Duration.ofMillis(50).toNanos();
    private static final int AHEAD = 1;
    private static final int BACK = 8;

    private Hunt() {}

    /**
     * @param elusive the trees that are hunted, and their processes as they were last seen
     */
    static void on(Map<ProcessTree, Set<ProcessStat>> elusive) throws IOException {
        killGroups(elusive.values());
        var numbers =
                elusive.keySet().stream().map(tree -> tree.mark().number()).collect(Collectors.toSet());
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < LASTS && Files.exists(LOAD)) {
            long latest = latestPid();
            for (long pid = latest + AHEAD; pid > latest - BACK; pid--) {
                if (numbers.contains(RunMark.numberOn(pid))) {
                    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
                }
            }
        }
    }

    /** Nothing but the run and its supervisor, which serves no other run after that, can be in the group of one of its processes. */
    private static void killGroups(Collection<Set<ProcessStat>> seen) {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "kill -s KILL -- \"$@\"", "drover-run"));
        seen.stream()
                .flatMap(Set::stream)
                .map(ProcessStat::group)
                .filter(group -> group > 1)
                .distinct()
                .forEach(group -> command.add("-" + group));
        ShortTool.start(command);
    }

    private static long latestPid() throws IOException {
        var load = Files.readString(LOAD).strip();
        return Long.parseLong(load.substring(load.lastIndexOf(' ') + 1));
    }
}
