package io.drover.emulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** What is to go wrong with the next requests of an emulated service, in their order. */
public final class Faults {

    /** How a request goes wrong. */
    public enum Fault {
        /** The connection is cut and nothing happens. */
        DROP_BEFORE,
        /** It happens, but the connection is cut before the answer. */
        DROP_AFTER,
        /** Status 503 and nothing happens. */
        UNAVAILABLE_BEFORE,
        /** It happens, but the answer is status 502, as from a proxy that lost its patience. */
        UNAVAILABLE_AFTER,
        /** The login is over: status 401. */
        EXPIRED,
        /** It has too much to do just now, says so, and nothing happens. */
        BUSY,
        /** Nothing goes wrong, so that a later request can be the one that does. */
        NONE
    }

    private record Entry(String operation, Fault fault) {}

    private final Deque<Entry> entries = new ArrayDeque<>();

    /** Makes the next request for this operation go wrong; several calls hit one request after the other. */
    public synchronized void next(String operation, Fault... faults) {
        for (var fault : faults) {
            entries.add(new Entry(operation, fault));
        }
    }

    /** The faults that no request has met yet. */
    public synchronized int left() {
        return entries.size();
    }

    /** Whether a request for this operation goes wrong in this way; it does so once. */
    public synchronized boolean take(String operation, Fault fault) {
        for (Iterator<Entry> each = entries.iterator(); each.hasNext(); ) {
            var entry = each.next();
            if (entry.operation().equals(operation)) {
                if (entry.fault() == fault) {
                    each.remove();
                    return true;
                }
                return false;
            }
        }
        return false;
    }
}
