package io.drover.operation.retention;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;

/** Looks every few minutes whether it is time to remove what is old, or to give back room. */
@Component
class RetentionWatch implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(RetentionWatch.class);

    private static final Duration LONGEST_STEP = Duration.ofSeconds(30);

    private final RetentionPass pass;
    private final LapsedSecrets lapsed;
    private final QuietTime quiet;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(new CustomizableThreadFactory("drover-retention-"));

    RetentionWatch(RetentionPass pass, LapsedSecrets lapsed, QuietTime quiet) {
        this.pass = pass;
        this.lapsed = lapsed;
        this.quiet = quiet;
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        timer.scheduleWithFixedDelay(this::look, 1, 5, TimeUnit.MINUTES);
    }

    /** Waits for the step that is under way: H2 closes a file in whose use a thread is interrupted. */
    @Override
    public void destroy() throws InterruptedException {
        timer.shutdown();
        pass.stop();
        if (!timer.awaitTermination(LONGEST_STEP.toSeconds(), TimeUnit.SECONDS)) {
            timer.shutdownNow();
        }
    }

    private void look() {
        try {
            lapsed.remove();
            pass.run();
            quiet.look();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("Cannot remove what is old; trying again in some minutes", e);
        }
    }
}
