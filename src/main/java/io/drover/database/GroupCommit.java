package io.drover.database;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.h2.engine.SessionLocal;
import org.h2.message.DbException;
import org.jspecify.annotations.Nullable;

/**
 * Lets transactions that commit within a few milliseconds share one write to H2's file, which is by far the dearest part of a
 * commit. A transaction is over for others as soon as it is committed, but whoever committed it goes on only when it is on
 * disk, as far as a killed server needs that.
 *
 * <p>H2 collects what it writes one table and index after the other, while others change them. So that no part of a transaction
 * is written without its rest, a write is collected while no transaction is under way that has changed anything: it waits for
 * those that are, and whoever is about to make a first change waits for it.
 */
final class GroupCommit {
    /** How long writes wait at most for a transaction that is under way. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition noneChanging = lock.newCondition();
    private final Condition collected = lock.newCondition();
    private final Condition oneWritten = lock.newCondition();

    /** Transactions under way that may have changed something, counted for the threads that have them. */
    private final Map<Thread, Integer> changing = new HashMap<>();

    /** Threads that wait for a write. What other transactions they have does not move meanwhile. */
    private final Set<Thread> waiting = new HashSet<>();

    /** Threads whose transactions last too long to be waited for. */
    private final Set<Thread> late = new HashSet<>();

    private long committed;
    private long written;
    private boolean writing;
    private boolean collecting;

    /**
     * A transaction is about to change something for the first time. Returns when it may; it always may where its thread has
     * another that has changed something, since a write would wait for that one.
     *
     * @return the thread by which the transaction is known from now on
     */
    Thread begin() {
        lock.lock();
        try {
            var thread = Thread.currentThread();
            if (!changing.containsKey(thread)) {
                awaitCollected();
            }
            changing.merge(thread, 1, Integer::sum);
            return thread;
        } finally {
            lock.unlock();
        }
    }

    /** A transaction that {@link #begin() has begun} is over and needs no write. */
    void end(Thread thread) {
        lock.lock();
        try {
            over(thread);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns when everything that was committed before is on disk.
     *
     * @param session by which it can be written
     * @param thread of the transaction that is over with this, if it {@link #begin() has begun}
     */
    void write(SessionLocal session, @Nullable Thread thread) throws SQLException {
        lock.lock();
        try {
            if (thread != null) {
                over(thread);
            }
            long mine = ++committed;
            waiting.add(Thread.currentThread());
            signalIfNoneChanging();
            while (written < mine) {
                if (writing) {
                    oneWritten.awaitUninterruptibly();
                } else {
                    lead(session);
                }
            }
            if (changing.containsKey(Thread.currentThread())) {
                awaitCollected();
            }
        } finally {
            waiting.remove(Thread.currentThread());
            lock.unlock();
        }
    }

    private void over(Thread thread) {
        if (changing.computeIfPresent(thread, (one, count) -> count == 1 ? null : count - 1) == null) {
            late.remove(thread);
        }
        signalIfNoneChanging();
    }

    private void signalIfNoneChanging() {
        if (isNoneChanging()) {
            noneChanging.signal();
        }
    }

    private boolean isNoneChanging() {
        return changing.keySet().stream().allMatch(thread -> waiting.contains(thread) || late.contains(thread));
    }

    private void awaitCollected() {
        while (collecting) {
            collected.awaitUninterruptibly();
        }
    }

    private void lead(SessionLocal session) throws SQLException {
        writing = true;
        try {
            long upTo = collect(session);
            unlocked(() -> session.getDatabase().getStore().getMvStore().executeFilestoreOperation(() -> {}));
            written = upTo;
        } finally {
            writing = false;
            oneWritten.signalAll();
        }
    }

    private long collect(SessionLocal session) throws SQLException {
        collecting = true;
        try {
            awaitOthers();
            long upTo = committed;
            unlocked(() -> session.getDatabase().checkpoint());
            return upTo;
        } finally {
            collecting = false;
            collected.signalAll();
        }
    }

    private void awaitOthers() {
        long left = PATIENCE_NANOS;
        while (!isNoneChanging() && left > 0) {
            try {
                left = noneChanging.awaitNanos(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                left = 0;
            }
        }
        if (left <= 0) {
            late.addAll(changing.keySet());
        }
    }

    /** An interrupted thread would not wait for H2, which may write a part by itself. */
    private void unlocked(Runnable work) throws SQLException {
        lock.unlock();
        boolean interrupted = Thread.interrupted();
        try {
            work.run();
        } catch (RuntimeException e) {
            throw DbException.toSQLException(e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            lock.lock();
        }
    }
}
