package io.drover.home;

import org.springframework.context.SmartLifecycle;

/**
 * Something that is done once when the server starts: after all beans are there, and so the database's tables, and before
 * requests are taken. Application runners come later.
 */
public abstract class StartStep implements SmartLifecycle {
    private final int phase;
    private volatile boolean done;

    /** @param phase steps of a lower one come first; from 0 */
    protected StartStep(int phase) {
        this.phase = phase;
    }

    /** What is to be done; what it throws ends the start. */
    protected abstract void run();

    @Override
    public void start() {
        run();
        done = true;
    }

    @Override
    public void stop() {
        done = false;
    }

    @Override
    public boolean isRunning() {
        return done;
    }

    @Override
    public int getPhase() {
        return phase;
    }
}
