package io.drover.extension.run;

import io.drover.text.Cut;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/**
 * A process that a run brought into being and that lives although the run has ended.
 *
 * @param command its arguments, separated by blanks
 */
public record Remnant(long pid, String command, ProcessHandle handle) {
    private static final String SUPERVISOR = "/bin/sh -s drover-run";
    private static final int LONGEST = 200;

    /** In a second; no Linux has fewer. */
    private static final long TICKS = 100;

    /** What lives of a run, found by the marks that all its processes inherit; nothing where there is no {@code /proc}. */
    public static List<Remnant> of(UUID actionId) {
        return of(List.of(actionId), 0);
    }

    /**
     * The same of several runs at one look.
     *
     * @param since {@link #clock} before the first of them began; 0 where that is not known
     */
    public static List<Remnant> of(Collection<UUID> actionIds, long since) {
        var table = ProcessTable.look(since);
        var marks = actionIds.stream().map(RunMark::new).toList();
        return table.processes().stream()
                .filter(process -> marks.stream().anyMatch(mark -> table.carries(process, mark)))
                .sorted(Comparator.comparingLong(ProcessStat::pid))
                .flatMap(process -> process.handle().stream())
                .map(handle -> new Remnant(handle.pid(), command(handle.pid()), handle))
                .filter(remnant -> !remnant.command().equals(SUPERVISOR))
                .toList();
    }

    /** A moment that no process to come is older than, by the clock that {@code /proc} counts with; 0 where there is none. */
    public static long clock() {
        try {
            var seconds = Files.readString(Path.of("/proc/uptime"), StandardCharsets.ISO_8859_1)
                    .split(" ", 2)[0];
            return Math.max(0, (long) (Double.parseDouble(seconds) * TICKS) - TICKS);
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }

    /** Kills it. */
    public void end() {
        handle.destroyForcibly();
    }

    private static String command(long pid) {
        try {
            var line = Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"), StandardCharsets.ISO_8859_1)
                    .replace('\0', ' ')
                    .strip();
            return line.length() <= LONGEST ? line : Cut.beginning(LONGEST, line) + "…";
        } catch (IOException e) {
            return "";
        }
    }
}
