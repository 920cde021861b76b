package io.drover.extension;

import io.drover.access.Actor;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Unpacks and registers extensions at start: after the schema is migrated, which precedes every bean that uses the database,
 * and before the server takes requests, which begins at a later phase. Application runners come after both.
 */
@Component
class ExtensionStart implements SmartLifecycle {
    private final BuiltInExtensions builtIns;
    private final ExtensionScan scan;
    private volatile boolean running;

    ExtensionStart(BuiltInExtensions builtIns, ExtensionScan scan) {
        this.builtIns = builtIns;
        this.scan = scan;
    }

    @Override
    public void start() {
        builtIns.unpack();
        scan.run(Actor.SYSTEM);
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
