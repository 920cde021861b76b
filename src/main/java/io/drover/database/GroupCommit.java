package io.drover.database;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.h2.engine.SessionLocal;
import org.h2.message.DbException;

/**
 * Lets transactions that commit within a few milliseconds share one write to H2's file, which is by far the dearest part of a
 * commit. A transaction is over for others as soon as it is committed, but whoever committed it goes on only when it is on
 * disk, as far as a killed server needs that.
 */
final class GroupCommit {
    /** How long a write waits at most for transactions that are under way; alone it does not wait. */
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition allCommitted = lock.newCondition();
    private final Condition oneWritten = lock.newCondition();
    private int open;
    private long committed;
    private long written;
    private boolean writing;

    /** A transaction has begun. */
    void begun() {
        lock.lock();
        try {
            open++;
        } finally {
            lock.unlock();
        }
    }

    /** A transaction is over and needs no write. */
    void over() {
        lock.lock();
        try {
            if (--open == 0) {
                allCommitted.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns when everything that was committed before is on disk.
     *
     * @param session by which it can be written
     */
    void write(SessionLocal session) throws SQLException {
        lock.lock();
        try {
            long mine = ++committed;
            while (written < mine) {
                if (writing) {
                    oneWritten.awaitUninterruptibly();
                } else {
                    lead(session);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void lead(SessionLocal session) throws SQLException {
        writing = true;
        try {
            long upTo = awaitOthers();
            lock.unlock();
            try {
                store(session);
            } finally {
                lock.lock();
            }
            written = upTo;
        } finally {
            writing = false;
            oneWritten.signalAll();
        }
    }

    /** H2 may be about to write a part by itself, for which a checkpoint does not wait. An interrupted thread would not wait either. */
    private static void store(SessionLocal session) throws SQLException {
        boolean interrupted = Thread.interrupted();
        try {
            var database = session.getDatabase();
            database.checkpoint();
            database.getStore().getMvStore().executeFilestoreOperation(() -> {});
        } catch (RuntimeException e) {
            throw DbException.toSQLException(e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private long awaitOthers() {
        long left = PATIENCE_NANOS;
        while (open > 0 && left > 0) {
            try {
                left = allCommitted.awaitNanos(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                left = 0;
            }
        }
        return committed;
    }
}
