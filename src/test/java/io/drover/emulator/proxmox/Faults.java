package io.drover.emulator.proxmox;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What goes wrong with requests that match a pattern of method and path, such as {@code POST .*&#47;clone}. */
public final class Faults {

    /** What happens instead of the normal answer. */
    enum Kind {
        ANSWER,
        BODY,
        DROP_BEFORE,
        DROP_AFTER,
        STALL
    }

    record Fault(Pattern line, Kind kind, int status, String reason) {}

    private final List<Fault> waiting = new ArrayList<>();

    /** The next {@code times} matching requests are answered with a status and have no effect. */
    public void answer(String line, int times, int status, String reason) {
        add(line, times, Kind.ANSWER, status, reason);
    }

    /** The next {@code times} matching requests are answered with a status and this body, and have no effect. */
    public void body(String line, int times, int status, String body) {
        add(line, times, Kind.BODY, status, body);
    }

    /** The next matching requests lose their connection before anything happens. */
    public void dropBefore(String line, int times) {
        add(line, times, Kind.DROP_BEFORE, 0, "");
    }

    /** The next matching requests are carried out, but their connection is lost before the answer. */
    public void dropAfter(String line, int times) {
        add(line, times, Kind.DROP_AFTER, 0, "");
    }

    /** The next matching requests are neither carried out nor answered, and their connection stays open. */
    public void stall(String line, int times) {
        add(line, times, Kind.STALL, 0, "");
    }

    synchronized Optional<Fault> next(String line) {
        for (var fault : waiting) {
            if (fault.line().matcher(line).matches()) {
                waiting.remove(fault);
                return Optional.of(fault);
            }
        }
        return Optional.empty();
    }

    /** Forgets all that shall go wrong. */
    public synchronized void clear() {
        waiting.clear();
    }

    /** Whether every fault asked for has happened. */
    public synchronized boolean spent() {
        return waiting.isEmpty();
    }

    private synchronized void add(String line, int times, Kind kind, int status, String reason) {
        for (int i = 0; i < times; i++) {
            waiting.add(new Fault(Pattern.compile(line), kind, status, reason));
        }
    }
}
