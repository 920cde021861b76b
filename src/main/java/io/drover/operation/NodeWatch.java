package io.drover.operation;

import io.drover.extension.run.RunsStorage;
import io.drover.node.NodeLease;
import io.drover.node.Nodes;
import io.drover.node.Pulse;
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

/** Looks at the other nodes every second: what they lost, what waits there while this one has places, what is to be cancelled. */
@Component
class NodeWatch implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(NodeWatch.class);

    private final NodeLease lease;
    private final Nodes nodes;
    private final ActionTakeover takeover;
    private final ActionResumption resumption;
    private final DispatchQueue queue;
    private final Pulse pulse;
    private final RunsStorage storage;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(new CustomizableThreadFactory("drover-nodes-"));

    NodeWatch(
            NodeLease lease,
            Nodes nodes,
            ActionTakeover takeover,
            ActionResumption resumption,
            DispatchQueue queue,
            Pulse pulse,
            RunsStorage storage) {
        this.lease = lease;
        this.nodes = nodes;
        this.takeover = takeover;
        this.resumption = resumption;
        this.queue = queue;
        this.pulse = pulse;
        this.storage = storage;
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        timer.scheduleWithFixedDelay(pulse.watched("looking after other nodes", this::look), 1, 1, TimeUnit.SECONDS);
    }

    @Override
    public void destroy() {
        timer.shutdownNow();
    }

    private void look() {
        if (!lease.isHeld() || !lease.knowsOthers()) {
            return;
        }
        try {
            resumption.cancelAsked();
            if (storage.isUsable()) {
                nodes.lost().forEach(this::takeOver);
                spread();
            }
        } catch (RuntimeException e) {
            LOG.error("Cannot look after the other nodes; trying again", e);
        }
    }

    private void takeOver(String node) {
        for (var taken = takeover.fromLost(node); !taken.isEmpty(); taken = takeover.fromLost(node)) {
            LOG.warn("Node {} is lost; {} of its actions are taken over", node, taken.size());
            taken.forEach(action -> resumption.resume(action, "Node " + node + " was lost while it ran"));
        }
    }

    private void spread() {
        int places = queue.freePlaces();
        if (places > 0) {
            takeover.fromBusy(places).forEach(action -> resumption.resume(action, null));
        }
    }
}
