package io.drover.extension.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The machine's living processes as one look found them; it serves any number of runs. */
final class ProcessTable {
    private static final int PASSES = 4;

    private final long since;
    private final Set<Long> seen = new HashSet<>();
    private final List<ProcessStat> processes = new ArrayList<>();
    private final Map<Long, List<ProcessStat>> children = new HashMap<>();
    private final Map<Long, RunMark.Carried> marks = new HashMap<>();
    private boolean steady;

    private ProcessTable(long since) {
        this.since = since;
    }

    /**
     * Looks until nothing new has come up meanwhile, a few times at most.
     *
     * @param since as {@link ProcessStat#startTicks}; marks of older processes are not read
     */
    static ProcessTable look(long since) {
        var table = new ProcessTable(since);
        for (int pass = 0; pass < PASSES && !table.steady; pass++) {
            var unseen = ProcessStat.pids().stream().filter(table.seen::add).toList();
            unseen.forEach(table::examine);
            table.steady = unseen.isEmpty();
        }
        return table;
    }

    /** Whether no process came up between the last two passes, so that none can have been missed. */
    boolean isSteady() {
        return steady;
    }

    Collection<ProcessStat> processes() {
        return processes;
    }

    Collection<ProcessStat> childrenOf(ProcessStat process) {
        return children.getOrDefault(process.pid(), List.of());
    }

    boolean carries(ProcessStat process, RunMark mark) {
        var carried = marks.get(process.pid());
        return carried != null && mark.isOn(carried);
    }

    /** Marks are read at once: the process may be gone a moment later and have left another. */
    private void examine(long pid) {
        ProcessStat.of(pid).filter(process -> !process.isDead()).ifPresent(process -> {
            processes.add(process);
            children.computeIfAbsent(process.parent(), parent -> new ArrayList<>())
                    .add(process);
            if (process.startTicks() >= since) {
                marks.put(pid, RunMark.Carried.by(pid));
            }
        });
    }
}
