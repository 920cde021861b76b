package io.drover.workflow;

import io.drover.access.Actor;
import io.drover.home.StartStep;
import org.springframework.stereotype.Component;

/** Loads the diagrams at start. */
@Component
class ProcessStartup extends StartStep {
    private final Processes processes;

    ProcessStartup(Processes processes) {
        super(0);
        this.processes = processes;
    }

    @Override
    protected void run() {
        processes.reload(Actor.SYSTEM);
    }
}
