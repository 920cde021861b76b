package io.drover.operation;

import io.drover.access.Actor;
import io.drover.extension.ExtensionNodes;
import io.drover.extension.Extensions;
import io.drover.history.History;
import io.drover.node.NodeLease;
import io.drover.node.Nodes;
import io.drover.node.ThisNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Makes actions of other nodes this node's own. */
@Component
class ActionTakeover {

    /** So many at a time, so that several nodes share the work of a lost one. */
    private static final int SHARE = 32;

    private final ActionOwnership ownership;
    private final Extensions extensions;
    private final ExtensionNodes onNodes;
    private final Nodes nodes;
    private final NodeLease lease;
    private final ThisNode self;
    private final History history;

    ActionTakeover(
            ActionOwnership ownership,
            Extensions extensions,
            ExtensionNodes onNodes,
            Nodes nodes,
            NodeLease lease,
            ThisNode self,
            History history) {
        this.ownership = ownership;
        this.extensions = extensions;
        this.onNodes = onNodes;
        this.nodes = nodes;
        this.lease = lease;
        this.self = self;
        this.history = history;
    }

    /** Some of what a lost node has left unfinished; its programs have been ended. */
    @Transactional
    public List<Action> fromLost(String node) {
        return lease.isHeld() && nodes.isLost(node) ? take(ownership.unfinishedOf(node, SHARE), node) : List.of();
    }

    /** Some of what waits on other nodes; nothing of it has been started. */
    @Transactional
    public List<Action> fromBusy(int places) {
        var runnable = ownership.extensionsWaitingElsewhere(self.name()).stream()
                .filter(this::isReady)
                .toList();
        if (runnable.isEmpty()) {
            return List.of();
        }
        var waiting = ownership.waitingElsewhere(self.name(), runnable, Math.min(places, SHARE));
        return waiting.stream().collect(Collectors.groupingBy(Action::node)).entrySet().stream()
                .flatMap(node -> take(node.getValue(), node.getKey()).stream())
                .toList();
    }

    private boolean isReady(UUID extension) {
        return onNodes.here(extensions.get(extension)).ready();
    }

    private List<Action> take(List<Action> actions, String from) {
        if (actions.isEmpty()) {
            return actions;
        }
        var ids = actions.stream().map(Action::id).toList();
        var body = Map.<String, Object>of("by", self.name(), "actions", ids);
        history.append(Actor.SYSTEM, "node.work-taken-over", Nodes.subject(from), body);
        return ownership.give(ids, self.name());
    }
}
