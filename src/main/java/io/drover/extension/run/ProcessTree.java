package io.drover.extension.run;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Every process that a run brought into being: the children of its supervisor, whatever carries one of the run's marks, which
 * finds also those that detached themselves, the sessions that any of them leads, and the descendants of all of these.
 * Sessions and marks are seen on Linux only.
 */
final class ProcessTree {
    private final long supervisor;
    private final long startTicks;
    private final RunMark mark;
    private final Set<Long> sessions = new HashSet<>();

    /**
     * @param supervisor the supervisor's process id
     * @param startTicks when the supervisor started, as {@link ProcessStat} tells it; 0 when it is one of the run's processes
     */
    ProcessTree(long supervisor, long startTicks, RunMark mark) {
        this.supervisor = supervisor;
        this.startTicks = startTicks;
        this.mark = mark;
    }

    long supervisor() {
        return supervisor;
    }

    long startTicks() {
        return startTicks;
    }

    RunMark mark() {
        return mark;
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

    /** Whether the supervisor is at this run, or was last; that of a shell which cannot set the second mark is taken to be. */
    boolean isSupervised() {
        long carried = RunMark.numberOn(supervisor);
        return carried == mark.number() || carried == -1;
    }

    Optional<ProcessHandle> supervisorHandle() {
        return ProcessHandle.of(supervisor)
                .filter(process -> startTicks == 0
                        || ProcessStat.of(supervisor).filter(this::isSupervisor).isPresent());
    }

    /** The processes of the run that were alive when they were looked at. Sessions that were seen once are remembered. */
    Set<ProcessStat> members(ProcessTable table) {
        Set<ProcessStat> members = new HashSet<>();
        boolean supervised = table.processes().stream().anyMatch(this::isSupervisor);
        int known;
        do {
            known = members.size();
            collect(table, supervised, members);
            members.stream()
                    .filter(process -> process.session() == process.pid())
                    .forEach(process -> sessions.add(process.pid()));
        } while (members.size() > known);
        return members;
    }

    private void collect(ProcessTable table, boolean supervised, Set<ProcessStat> members) {
        var open = table.processes().stream()
                .filter(process -> isOurs(process, table, supervised))
                .collect(Collectors.toCollection(ArrayDeque::new));
        while (!open.isEmpty()) {
            var process = open.remove();
            if (members.add(process)) {
                open.addAll(table.childrenOf(process));
            }
        }
    }

    /** A process id may have been given to another process meanwhile, and nothing of a run is older than its supervisor. */
    private boolean isOurs(ProcessStat process, ProcessTable table, boolean supervised) {
        if (process.startTicks() < startTicks || isSupervisor(process)) {
            return false;
        }
        return supervised && process.parent() == supervisor
                || sessions.contains(process.session())
                || table.carries(process, mark);
    }

    private boolean isSupervisor(ProcessStat process) {
        return startTicks > 0 && process.pid() == supervisor && process.startTicks() == startTicks;
    }
}
