package io.drover.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.health.Status;

class PulseTests {
    private final Pulse pulse =
            new Pulse(new NodeProperties(Duration.ofSeconds(30), Duration.ofMinutes(2), Duration.ofSeconds(1)));

    @Test
    void saysWhatIsStuckUntilItGoesOn() throws InterruptedException {
        var held = new CountDownLatch(1);
        var thread = new Thread(pulse.watched("renewing the lease", () -> {
            try {
                held.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        thread.start();

        await().until(() -> pulse.health().getStatus().equals(Status.DOWN));
        assertThat(pulse.health().getDetails().get("stuck")).asString().startsWith("renewing the lease since ");

        held.countDown();
        thread.join();
        assertThat(pulse.health().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void takesARoundThatFailsForEnded() {
        var failing = pulse.watched("failing", () -> {
            throw new IllegalStateException("on purpose");
        });

        assertThat(catchThrowable(failing::run)).hasMessage("on purpose");
        assertThat(pulse.health().getStatus()).isEqualTo(Status.UP);
    }
}
