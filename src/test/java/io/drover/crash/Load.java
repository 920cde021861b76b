package io.drover.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;

/** Clients that ask for one operation after another without a rest, and can be paused. */
final class Load implements AutoCloseable {
    private static final int CLIENTS = 4;
    private static final int VMS_EACH = 5;

    private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock(true);
    private final List<Thread> threads = new ArrayList<>();
    private final Findings findings;
    private volatile boolean closed;

    Load(Api api, Journal journal, Findings findings, long seed) {
        this.findings = findings;
        for (int client = 0; client < CLIENTS; client++) {
            var random = new Random(seed + client);
            var slots = Stream.generate(() -> new Slot(api, journal, findings, random))
                    .limit(VMS_EACH)
                    .toList();
            threads.add(new Thread(() -> work(slots, random), "client-" + client));
        }
    }

    void begin() {
        threads.forEach(Thread::start);
    }

    /** Returns once no client asks for anything. */
    void pause() {
        gate.writeLock().lock();
    }

    void goOn() {
        gate.writeLock().unlock();
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        for (var thread : threads) {
            thread.join();
        }
    }

    private void work(List<Slot> slots, Random random) {
        try {
            while (!closed) {
                gate.readLock().lock();
                try {
                    slots.get(random.nextInt(slots.size())).step();
                } finally {
                    gate.readLock().unlock();
                }
                TimeUnit.MILLISECONDS.sleep(20 + random.nextInt(150));
            }
        } catch (InterruptedException | RuntimeException e) {
            findings.violation("A client has ended: " + e);
        }
    }
}
