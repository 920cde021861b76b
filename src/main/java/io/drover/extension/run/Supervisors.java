package io.drover.extension.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The supervisors of this server. Starting a program through one that has nothing to do spares the server the costly start
 * of a process of its own.
 */
final class Supervisors implements AutoCloseable {
    private static final int MOST_IDLE = 16;

    private final Map<String, String> environment;
    private final EndReports reports;
    private final Deque<Supervisor> idle = new ArrayDeque<>();
    private final Set<Supervisor> all = new HashSet<>();
    private boolean closed;

    /**
     * @param environment what all programs inherit
     * @param directory for the pipe in which supervisors report
     */
    Supervisors(Map<String, String> environment, Path directory) {
        this.environment = environment;
        this.reports = EndReports.in(directory);
    }

    /** One that has nothing to do. */
    synchronized Supervisor take() throws IOException {
        if (closed) {
            throw new IOException("The server is being stopped");
        }
        for (var known = idle.pollFirst(); known != null; known = idle.pollFirst()) {
            if (known.isAlive()) {
                return known;
            }
            all.remove(known);
        }
        var made = Supervisor.start(environment, reports.path());
        all.add(made);
        return made;
    }

    /**
     * Has a supervisor run commands.
     *
     * @param report the line with which it says that it has
     * @return completes when it has reported the run's end, or has ended itself
     */
    CompletableFuture<Void> run(Supervisor supervisor, String report, String commands) throws IOException {
        var end = reports.expect(report);
        try {
            supervisor.run(commands, end);
        } catch (IOException e) {
            end.complete(null);
            throw e;
        }
        return end;
    }

    /**
     * Takes back a supervisor whose program has ended.
     *
     * @param byItself whether it did so by itself; what had to be ended may not have left the supervisor as it was
     */
    synchronized void release(Supervisor supervisor, boolean byItself) {
        if (byItself && supervisor.isAlive() && idle.size() < MOST_IDLE && !closed) {
            idle.addFirst(supervisor);
        } else {
            dismiss(supervisor);
        }
    }

    /** Lets a supervisor end after what it does now. */
    private void dismiss(Supervisor supervisor) {
        all.remove(supervisor);
        supervisor.dismiss();
    }

    /** Supervisors that are at work end after their programs. */
    @Override
    public synchronized void close() {
        all.forEach(Supervisor::dismiss);
        all.clear();
        idle.clear();
        closed = true;
        reports.close();
    }
}
