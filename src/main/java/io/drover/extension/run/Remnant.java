package io.drover.extension.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

    /** What lives of a run, found by the marks that all its processes inherit; nothing where there is no {@code /proc}. */
    public static List<Remnant> of(UUID actionId) {
        var table = ProcessTable.look(0);
        var mark = new RunMark(actionId);
        return table.processes().stream()
                .filter(process -> table.carries(process, mark))
                .sorted(Comparator.comparingLong(ProcessStat::pid))
                .flatMap(process -> process.handle().stream())
                .map(handle -> new Remnant(handle.pid(), command(handle.pid()), handle))
                .filter(remnant -> !remnant.command().equals(SUPERVISOR))
                .toList();
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
            return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
        } catch (IOException e) {
            return "";
        }
    }
}
