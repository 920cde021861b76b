package io.drover.database;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.h2.engine.SessionLocal;
import org.h2.message.DbException;

/**
 * Lets transactions that commit within a few milliseconds share one write to H2's file, which is by far the dearest part of a
 * commit. A transaction is over for others as soon as it is committed, but whoever committed it goes on only when it is on
 * disk, as far as a killed server needs that.
 *
 * <p>H2 collects what it writes one table and index after the other, while others change them. So that no part of a transaction
 * is written without its rest, nothing is changed, committed or rolled back while a write is collected; a statement that waits
 * for a row then waits on.
 */
final class GroupCommit {
    /** How long a write waits at most for transactions that are under way, to be theirs as well; alone it does not wait. */
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** How long collecting waits at most for steps that are being made. */
    private static final long LONGEST_STEP_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** How long it then keeps others from making steps, at first; a step may wait for a row that another has to let go. */
    private static final long FIRST_TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** How often is looked whether what is waited for is so; nobody tells of a step that begins to wait for a row. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition allCommitted = lock.newCondition();
    private final Condition stepEnded = lock.newCondition();
    private final Condition stepsLetGo = lock.newCondition();
    private final Condition oneWritten = lock.newCondition();
    private int open;
    private final Map<Thread, SessionLocal> steps = new HashMap<>();
    private boolean stepsHeld;
    private long committed;
    private long written;
    private boolean writing;

    /** A transaction is about to change something. */
    void begun() {
        lock.lock();
        try {
            open++;
        } finally {
            lock.unlock();
        }
    }

    /** A transaction that has {@link #begun} is over. */
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
     * This thread is about to make a change, a commit or a rollback; returns when nothing is being collected.
     *
     * @param session in which it is made
     */
    void stepBegins(SessionLocal session) {
        lock.lock();
        try {
            while (stepsHeld) {
                stepsLetGo.awaitUninterruptibly();
            }
            steps.put(Thread.currentThread(), session);
        } finally {
            lock.unlock();
        }
    }

    /** What {@link #stepBegins has begun} is done. */
    void stepEnds() {
        lock.lock();
        try {
            steps.remove(Thread.currentThread());
            stepEnded.signal();
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
            await(allCommitted, () -> open == 0, PATIENCE_NANOS);
            long upTo = collect(session);
            // H2 may be about to write a part by itself, for which a checkpoint does not wait
            unlocked(() -> session.getDatabase().getStore().getMvStore().executeFilestoreOperation(() -> {}));
            written = upTo;
        } finally {
            writing = false;
            oneWritten.signalAll();
        }
    }

    private long collect(SessionLocal session) throws SQLException {
        try {
            holdSteps();
            long upTo = committed;
            unlocked(() -> session.getDatabase().checkpoint());
            return upTo;
        } finally {
            letStepsGo();
        }
    }

    /** Again and again for a while, since a step that takes long may need one that is kept from being made. */
    private void holdSteps() {
        long left = LONGEST_STEP_NANOS;
        for (long turn = FIRST_TURN_NANOS; ; turn *= 2) {
            stepsHeld = true;
            left -= await(stepEnded, this::isStill, Math.min(turn, left));
            if (isStill() || left <= 0) {
                return;
            }
            letStepsGo();
            left -= await(stepEnded, this::isStill, FIRST_TURN_NANOS);
        }
    }

    /**
     * Whether no step is being made but such as wait for a row. Whoever holds that row lets it go by a step, which wakes them
     * before it ends.
     */
    private boolean isStill() {
        return steps.entrySet().stream()
                .allMatch(step -> step.getValue().getBlockingSessionId() != 0
                        && step.getKey().getState() == Thread.State.TIMED_WAITING);
    }

    private void letStepsGo() {
        stepsHeld = false;
        stepsLetGo.signalAll();
    }

    /** Returns how long it has waited, in nanoseconds. An interrupted thread waits no longer. */
    private static long await(Condition condition, BooleanSupplier fulfilled, long nanos) {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; !fulfilled.getAsBoolean() && left > 0; left = end - System.nanoTime()) {
            try {
                condition.awaitNanos(Math.min(left, LOOK_NANOS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return nanos;
            }
        }
        return nanos - Math.max(0, end - System.nanoTime());
    }

    /** An interrupted thread would not wait for H2. */
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
