package io.drover.extension.run;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Every process that a run brought into being: its supervisor, the members of its session, whatever carries one of its
 * marks, which finds also those that detached themselves, and the descendants of all of these. Sessions and marks are seen
 * on Linux only.
 *
 * @param supervisor the process id of the supervisor, which leads the session
 * @param startTicks when the supervisor started, as {@link ProcessStat} tells it; 0 when it may be any of the run's processes
 */
record ProcessTree(long supervisor, long startTicks, RunMark mark) {

    static ProcessTree of(ProcessHandle supervisor, UUID actionId) {
        var start = ProcessStat.of(supervisor.pid()).map(ProcessStat::startTicks);
        return new ProcessTree(supervisor.pid(), start.orElse(0L), new RunMark(actionId));
    }

    /**
     * The tree around a process of the run that is alive, found by its marks alone; around a leader of a session rather than
     * another.
     */
    static Optional<ProcessTree> survivor(UUID actionId) {
        var table = ProcessTable.look(0);
        var mark = new RunMark(actionId);
        return table.processes().stream()
                .filter(process -> table.carries(process, mark))
                .min(Comparator.<ProcessStat, Boolean>comparing(process -> process.session() != process.pid())
                        .thenComparing(ProcessStat::pid))
                .map(process -> new ProcessTree(process.pid(), 0, mark));
    }

    Optional<ProcessHandle> supervisorHandle() {
        return ProcessHandle.of(supervisor)
                .filter(process -> startTicks == 0
                        || ProcessStat.of(supervisor)
                                .filter(now -> now.startTicks() == startTicks)
                                .isPresent());
    }

    /** The processes of the run that were alive when they were looked at. */
    Set<ProcessStat> members(ProcessTable table) {
        Set<ProcessStat> members = new HashSet<>();
        var open = new ArrayDeque<ProcessStat>();
        table.processes().stream().filter(process -> isOurs(process, table)).forEach(open::add);
        while (!open.isEmpty()) {
            var process = open.remove();
            if (members.add(process)) {
                open.addAll(table.childrenOf(process));
            }
        }
        return members;
    }

    /** A process id may have been given to another process meanwhile, and nothing of a run is older than its supervisor. */
    private boolean isOurs(ProcessStat process, ProcessTable table) {
        if (process.startTicks() < startTicks) {
            return false;
        }
        return startTicks > 0 && process.pid() == supervisor && process.startTicks() == startTicks
                || process.session() == supervisor && process.pid() != supervisor
                || table.carries(process, mark);
    }
}
