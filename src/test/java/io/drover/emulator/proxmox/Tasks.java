package io.drover.emulator.proxmox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tasks: their effects take place when they end, at once unless they were asked to be slow. */
public final class Tasks {

    static final class Task {
        final String upid;
        final String type;
        final String id;
        final String node;
        private final Runnable effect;
        private final Runnable undo;
        private final long due;
        private final Failure failure;
        String ending;
        final List<String> log = new ArrayList<>();

        Task(
                String upid,
                String type,
                String id,
                String node,
                Runnable effect,
                Runnable undo,
                long due,
                Failure failure) {
            this.upid = upid;
            this.type = type;
            this.id = id;
            this.node = node;
            this.effect = effect;
            this.undo = undo;
            this.due = due;
            this.failure = failure;
        }
    }

    record Failure(String message, boolean leaving) {}

    private final Map<String, Task> all = new LinkedHashMap<>();
    private final Map<String, Duration> slow = new HashMap<>();
    private final Map<String, List<Failure>> failing = new HashMap<>();
    private final String user;
    private int count;

    Tasks(String user) {
        this.user = user;
    }

    /** Tasks of that type, such as {@code qmclone}, take that long from now on. */
    public synchronized void slow(String type, Duration time) {
        slow.put(type, time);
    }

    /** The next task of that type fails, and what it made is removed. */
    public synchronized void fail(String type, String message) {
        failing.computeIfAbsent(type, key -> new ArrayList<>()).add(new Failure(message, false));
    }

    /** The next task of that type fails when all is done, and nothing is removed, as after a crash. */
    public synchronized void failLeaving(String type, String message) {
        failing.computeIfAbsent(type, key -> new ArrayList<>()).add(new Failure(message, true));
    }

    synchronized String start(String node, String type, int vmid, Runnable effect, Runnable undo) {
        var upid = "UPID:%s:%08X:%08X:%08X:%s:%d:%s:"
                .formatted(node, 4096 + ++count, 70_000 + count, System.currentTimeMillis() / 1000, type, vmid, user);
        var failures = failing.getOrDefault(type, List.of());
        var failure = failures.isEmpty() ? null : failures.remove(0);
        var due = System.nanoTime() + slow.getOrDefault(type, Duration.ZERO).toNanos();
        all.put(upid, new Task(upid, type, String.valueOf(vmid), node, effect, undo, due, failure));
        return upid;
    }

    synchronized Task get(String upid) {
        return all.get(upid);
    }

    /** Ends the tasks whose time has come. */
    synchronized void settle() {
        for (var task : all.values()) {
            if (task.ending == null && System.nanoTime() >= task.due) {
                end(task);
            }
        }
    }

    /** Ends a task before its time. */
    synchronized void abort(Task task) {
        if (task.ending == null) {
            task.undo.run();
            task.ending = "interrupted by signal";
            task.log.add("TASK ERROR: " + task.ending);
        }
    }

    private static void end(Task task) {
        try {
            if (task.failure != null && !task.failure.leaving()) {
                throw new TaskError(task.failure.message());
            }
            task.effect.run();
            task.ending = task.failure == null ? "OK" : task.failure.message();
            task.log.add(task.failure == null ? "TASK OK" : "TASK ERROR: " + task.ending);
        } catch (TaskError error) {
            task.undo.run();
            task.ending = error.getMessage();
            task.log.add("TASK ERROR: " + task.ending);
        }
    }
}
