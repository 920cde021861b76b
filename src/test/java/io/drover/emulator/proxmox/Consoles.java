package io.drover.emulator.proxmox;

import java.util.HashMap;
import java.util.Map;

/** Tickets for VNC: each opens one connection, within ten seconds. */
public final class Consoles {

    private static final long VALID = 10_000_000_000L;

    private record Ticket(int vmid, int port, long until) {}

    private final Map<String, Ticket> tickets = new HashMap<>();
    private int next = 5900;
    private boolean passwords;

    synchronized Map<String, Object> open(int vmid, String upid) {
        var ticket = "PVEVNC:%08X::%s".formatted(next, "c2lnbmF0dXJl" + next);
        Map<String, Object> answer = new HashMap<>(Map.of(
                "port",
                String.valueOf(next),
                "ticket",
                ticket,
                "user",
                "drover@pve",
                "upid",
                upid,
                "cert",
                TestCertificate.pem()));
        if (passwords) {
            answer.put("password", "pw-" + next);
        }
        tickets.put(passwords ? "pw-" + next : ticket, new Ticket(vmid, next, System.nanoTime() + VALID));
        next++;
        return answer;
    }

    /** Answers passwords besides tickets, as newer versions do. */
    public synchronized void givePasswords() {
        passwords = true;
    }

    /** The number of the VM that a port shows to who has that ticket; 0 if the ticket is not good, or no longer. */
    public synchronized int redeem(int port, String ticket) {
        var found = tickets.remove(ticket);
        return found != null && found.port() == port && System.nanoTime() < found.until() ? found.vmid() : 0;
    }
}
