package io.drover.access;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Keeps the checking of passwords, which is expensive on purpose, from taking the processors and threads that all others need.
 * As many as half of the processors check at once; few wait for that, fewer still from one address.
 */
final class PasswordGate {
    private static final int MOST_WAITING = 16;
    private static final int MOST_OF_ONE_ADDRESS = 4;
    private static final int MOST_OF_ONE_PLACE = 32;
    private static final int LOCKS = 256;

    private final Semaphore processors =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);
    private final Semaphore waiting = new Semaphore(MOST_WAITING);
    private final ConcurrentMap<String, Integer> ofAddress = new ConcurrentHashMap<>();
    private final ReentrantLock[] locks =
            IntStream.range(0, LOCKS).mapToObj(i -> new ReentrantLock()).toArray(ReentrantLock[]::new);

    /** One after the other for the same name and address: so that many at once cannot try more passwords than are allowed. */
    <T> T inTurn(LoginAttempts.Place place, Supplier<T> attempt) {
        var lock = locks[Math.floorMod(place.hashCode(), LOCKS)];
        if (lock.getQueueLength() >= MOST_OF_ONE_PLACE) {
            throw busy();
        }
        lock.lock();
        try {
            return attempt.get();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Runs an expensive check when it may.
     *
     * @param usual whether that name is known to come from that address, and so is let in before strangers
     */
    boolean check(String address, boolean usual, Supplier<Boolean> check) {
        if (usual) {
            return onAProcessor(check);
        }
        if (ofAddress.merge(address, 1, Integer::sum) > MOST_OF_ONE_ADDRESS) {
            leave(address);
            throw busy();
        }
        try {
            if (!waiting.tryAcquire()) {
                throw busy();
            }
            try {
                return onAProcessor(check);
            } finally {
                waiting.release();
            }
        } finally {
            leave(address);
        }
    }

    private boolean onAProcessor(Supplier<Boolean> check) {
        processors.acquireUninterruptibly();
        try {
            return check.get();
        } finally {
            processors.release();
        }
    }

    private void leave(String address) {
        ofAddress.computeIfPresent(address, (any, count) -> count == 1 ? null : count - 1);
    }

    private static io.drover.problem.ProblemException busy() {
        return LoginAttempts.tooMany("Too many passwords are being checked at once", 1);
    }
}
