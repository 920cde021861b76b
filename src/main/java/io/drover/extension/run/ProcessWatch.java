package io.drover.extension.run;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * Looks at the processes of one run while they live, some hundred times a second. What comes and goes between two looks is
 * missed, and so is everything where there is no {@code /proc}.
 */
public final class ProcessWatch implements AutoCloseable {
    private static final long OFTEN_MILLIS = 4;
    private static final long SELDOM_MILLIS = 20;
    private static final int OFTEN = 250;
    private static final int LOOKS_AT_STRANGERS = 50;

    private final RunMark mark;
    private final Set<String> others = new HashSet<>(Arrays.asList(all()));
    private final Map<String, Integer> strangers = new HashMap<>();
    private final Map<Long, List<String>> own = new HashMap<>();
    private final Set<Seen> seen = new LinkedHashSet<>();
    private final Thread thread;
    private volatile boolean over;

    /**
     * What a process was seen with.
     *
     * @param arguments its command line
     * @param environment entries such as {@code LANG=C}
     */
    public record Seen(List<String> arguments, List<String> environment) {}

    /** Begins to watch a run that is about to start. */
    public ProcessWatch(UUID actionId) {
        mark = new RunMark(actionId);
        thread = RunThreads.named("drover-process-watch").newThread(this::watch);
        thread.start();
    }

    /** What was seen. Ends the watch. */
    public Set<Seen> seen() {
        close();
        return seen;
    }

    /** Ends the watch. */
    @Override
    public void close() {
        over = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        for (int look = 0; !over; look++) {
            for (var name : all()) {
                if (!others.contains(name)) {
                    look(name);
                }
            }
            try {
                Thread.sleep(look < OFTEN ? OFTEN_MILLIS : SELDOM_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Names in {@code /proc}, which is quicker to read than what {@link ProcessTable} asks for. */
    private static String[] all() {
        return Objects.requireNonNullElse(new File("/proc").list(), new String[0]);
    }

    private void look(String name) {
        if (!Character.isDigit(name.charAt(0))) {
            others.add(name);
            return;
        }
        long pid = Long.parseLong(name);
        if (!own.containsKey(pid) && !mark.isOn(RunMark.Carried.by(pid))) {
            stranger(name);
            return;
        }
        var arguments = strings(pid, "cmdline");
        if (!arguments.isEmpty() && !arguments.equals(own.put(pid, arguments))) {
            seen.add(new Seen(arguments, strings(pid, "environ")));
        }
    }

    /** A process carries the mark only some time after it began. */
    private void stranger(String name) {
        if (strangers.merge(name, 1, Integer::sum) >= LOOKS_AT_STRANGERS) {
            others.add(name);
            strangers.remove(name);
        }
    }

    private static List<String> strings(long pid, String file) {
        try {
            var text =
                    new String(Files.readAllBytes(Path.of("/proc", Long.toString(pid), file)), StandardCharsets.UTF_8);
            return text.isEmpty() ? List.of() : Arrays.asList(text.split("\0"));
        } catch (IOException e) {
            return List.of();
        }
    }
}
