package io.drover.operation;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** What waits and runs on this node, for those who watch it. */
@Component
class QueueMetrics implements MeterBinder {
    private final DispatchQueue queue;
    private final OperationWaits waits;
    private final Clock clock;

    QueueMetrics(DispatchQueue queue, OperationWaits waits, Clock clock) {
        this.queue = queue;
        this.waits = waits;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("drover.queue.waiting", queue, DispatchQueue::size)
                .description("Actions that wait for a place on this node")
                .register(registry);
        Gauge.builder("drover.queue.oldest", this, QueueMetrics::oldest)
                .description("How long the longest waiting action waits; 0 when none does")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder("drover.actions.running", queue, DispatchQueue::running)
                .description("Actions that have a place on this node")
                .register(registry);
        Gauge.builder("drover.operations.waiters", waits, OperationWaits::waiting)
                .description("Requests that wait for an operation's end")
                .register(registry);
    }

    private double oldest() {
        return queue.oldest()
                .map(since -> Duration.between(since, Instant.now(clock)).toMillis() / 1000.0)
                .orElse(0.0);
    }
}
