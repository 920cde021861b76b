package io.drover.workflow;

import io.drover.access.Actor;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Loads the diagrams at start, before the server takes requests. */
@Component
class ProcessStartup implements SmartLifecycle {
    private final Processes processes;
    private boolean running;

    ProcessStartup(Processes processes) {
        this.processes = processes;
    }

    @Override
    public void start() {
        processes.reload(Actor.SYSTEM);
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return 0;
    }
}
