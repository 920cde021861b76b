package io.drover.node;

import com.zaxxer.hikari.HikariDataSource;
import io.drover.database.DatabaseFile;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;

/**
 * This node's right to run programs: one row that it renews. While it has none, it starts nothing. Where others share the
 * database, the {@link Fence} ends what it runs two thirds into a lease that it could not renew.
 */
@Component
@DependsOnDatabaseInitialization
public class NodeLease implements InitializingBean, DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(NodeLease.class);

    private final ThisNode node;
    private final NodeProperties properties;
    private final Optional<Fence> fence;
    private final Pulse pulse;
    private final HikariDataSource connection;
    private final NodeRepository repository;
    private final UUID incarnation = UUID.randomUUID();
    private final AtomicInteger losses = new AtomicInteger();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(new CustomizableThreadFactory("drover-lease-"));
    private volatile long renewedAt;
    private volatile boolean held;
    private volatile boolean others;

    /** An earlier life of this node may have left its fence behind. */
    private boolean armed = true;

    NodeLease(
            ThisNode node,
            NodeProperties properties,
            Optional<Fence> fence,
            JdbcConnectionDetails database,
            DatabaseFile file,
            Pulse pulse) {
        this.node = node;
        this.properties = properties;
        this.fence = fence;
        this.pulse = pulse;
        this.connection = LeaseConnection.open(database, file, properties.interval());
        this.repository = new NodeRepository(JdbcClient.create(connection));
    }

    @Override
    public void afterPropertiesSet() {
        long now = System.nanoTime();
        new NodeArrival(node, repository).register(incarnation, properties.lease());
        renewedAt = now;
        held = true;
        renew();
        long millis = properties.interval().toMillis();
        timer.scheduleWithFixedDelay(
                pulse.watched("renewing the lease", this::renew), millis, millis, TimeUnit.MILLISECONDS);
    }

    /** Whether this node may start programs now. */
    public boolean isHeld() {
        return held && left().compareTo(Duration.ZERO) > 0;
    }

    /** Whether the registry knows any other node, there or not. */
    public boolean knowsOthers() {
        return others;
    }

    /** How often the lease was lost since the start. What was begun before a loss is no longer this node's to go on with. */
    public int losses() {
        return losses.get();
    }

    @Override
    public void destroy() {
        timer.shutdownNow();
        try {
            long now = System.nanoTime();
            repository.stop(node.name(), incarnation, properties.returnWithin());
            renewedAt = now;
            if (armed) {
                arm(properties.returnWithin());
            }
        } catch (RuntimeException e) {
            LOG.warn("The other nodes cannot be told that this one stops: {}", e.getMessage());
        }
        connection.close();
    }

    private void renew() {
        try {
            long now = System.nanoTime();
            var rows = repository.all().stream()
                    .filter(row -> !row.name().equals(node.name()))
                    .toList();
            others = !rows.isEmpty();
            boolean peers = rows.stream().anyMatch(NodeRepository.Row::held);
            boolean fenced = peers && arm(properties.lease());
            if (!repository.renew(node.name(), incarnation, properties.lease(), fenced)) {
                lose("Another server goes by the name " + node.name() + "; this one starts no programs any more");
                return;
            }
            if (!isHeld()) {
                losses.incrementAndGet();
                LOG.warn("The lease is renewed; it was over, so others may have taken over what was under way here");
            }
            renewedAt = now;
            held = true;
            putOff(fenced);
        } catch (RuntimeException e) {
            LOG.error("The lease cannot be renewed, {} are left: {}", left(), why(e));
            connection.getHikariPoolMXBean().softEvictConnections();
        }
    }

    /** What the database said, where it said anything: pools only tell that there was no connection in time. */
    private static @Nullable String why(RuntimeException failure) {
        var why = failure.getMessage();
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            why = cause instanceof SQLException ? cause.getMessage() : why;
        }
        return why;
    }

    /** Only now that the others have seen the renewal may the programs live longer, or without a fence. */
    private void putOff(boolean fenced) {
        if (fenced) {
            arm(properties.lease());
        } else if (armed) {
            fence.ifPresent(Fence::disarm);
        }
        armed = fenced;
    }

    private void lose(String why) {
        if (held) {
            held = false;
            losses.incrementAndGet();
            LOG.error(why);
        }
    }

    /** What is left of the time in which this node may run programs: two thirds of the lease. */
    private Duration left() {
        return Duration.ofNanos(renewedAt - System.nanoTime()).plus(fenceAfter(properties.lease()));
    }

    private boolean arm(Duration lease) {
        var left = Duration.ofNanos(renewedAt - System.nanoTime()).plus(fenceAfter(lease));
        return fence.map(device -> device.arm(left, properties.lease().dividedBy(6)))
                .orElse(false);
    }

    private Duration fenceAfter(Duration lease) {
        return lease.minus(properties.lease().dividedBy(3));
    }
}
