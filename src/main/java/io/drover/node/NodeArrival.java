package io.drover.node;

import io.drover.home.StartRefusedException;
import java.time.Duration;
import java.util.UUID;

/** Enters a server that starts in the registry. */
final class NodeArrival {
    private final ThisNode node;
    private final NodeRepository repository;

    NodeArrival(ThisNode node, NodeRepository repository) {
        this.node = node;
        this.repository = repository;
    }

    /**
     * @param incarnation the new life of the node; the one before is known by the home's file alone
     * @throws StartRefusedException when another server, with a copy of this home, goes by the name
     */
    void register(UUID incarnation, Duration lease) {
        var known = repository.find(node.name());
        known.ifPresent(this::refuseStranger);
        node.remember(incarnation);
        if (known.isEmpty()) {
            repository.add(node.name(), incarnation, lease);
        } else {
            repository.begin(node.name(), incarnation, lease);
        }
    }

    private void refuseStranger(NodeRepository.Row row) {
        boolean own = node.lastIncarnation().filter(row.incarnation()::equals).isPresent();
        if (!own && row.held() && row.stoppedAt() == null) {
            throw new StartRefusedException(
                    "Another server goes by the name of this node, " + node.name() + ", until " + row.leaseUntil()
                            + " at least; was the home directory copied?",
                    "Stop the other server, or delete the file 'node' in this home so that this node gets a name of its own");
        }
    }
}
