package io.drover.operation;

import io.drover.inventory.Hosts;
import io.drover.inventory.life.Priority;
import io.drover.operation.BacklogRepository.Count;
import io.drover.operation.Places.Claim;
import io.drover.operation.Places.Full;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * What waits on all nodes that share the database, and for what. Reasons are told by the limits of the node that answers: they
 * hold for the others if those have the same.
 */
@Service
public class Backlog {
    private final BacklogRepository repository;
    private final DispatchProperties limits;
    private final Hosts hosts;

    Backlog(BacklogRepository repository, DispatchProperties limits, Hosts hosts) {
        this.repository = repository;
        this.limits = limits;
        this.hosts = hosts;
    }

    /** The nodes on which something waits or runs, by name. */
    public List<NodeQueue> nodes() {
        var nodes = repository.all().stream()
                .collect(Collectors.groupingBy(Count::node, TreeMap::new, Collectors.toList()));
        return nodes.entrySet().stream()
                .map(node -> NodeQueue.of(node.getKey(), groups(node.getValue())))
                .toList();
    }

    /** What an action that has not been started waits for, in words. */
    public String waitingFor(Operation operation, Action action) {
        var claim = new Claim(Priority.of(operation.verb()), action.extensionId(), action.hostId());
        return words(
                places(repository.runningOn(action.node())), claim, action.extensionName(), hostName(action.hostId()));
    }

    private List<QueueGroup> groups(List<Count> counts) {
        var places = places(counts);
        return counts.stream()
                .map(count -> new QueueGroup(
                        count.extensionId(),
                        count.extension(),
                        count.hostId(),
                        host(count),
                        count.verb(),
                        claim(count).priority(),
                        count.waiting(),
                        count.running(),
                        count.oldest(),
                        count.waiting() == 0 ? null : words(places, claim(count), count.extension(), host(count))))
                .toList();
    }

    private Places places(List<Count> counts) {
        var places = new Places(limits);
        counts.forEach(count -> places.take(claim(count), count.running()));
        return places;
    }

    private static Claim claim(Count count) {
        return new Claim(Priority.of(count.verb()), count.extensionId(), count.hostId());
    }

    private static @Nullable String host(Count count) {
        return count.host() == null && count.hostId() != null ? count.hostId().toString() : count.host();
    }

    private @Nullable String hostName(@Nullable UUID id) {
        return id == null ? null : hosts.names(Set.of(id)).getOrDefault(id, id.toString());
    }

    private static String words(Places places, Claim claim, String extension, @Nullable String host) {
        return places.full(claim).map(full -> words(full, extension, host)).orElse("being dispatched");
    }

    private static String words(Full full, String extension, @Nullable String host) {
        var kind = full.share() ? " of low priority" : "";
        var count = " has " + full.taken() + " of " + full.limit() + kind + " running";
        return switch (full.bound()) {
            case NODE -> "node limit " + full.limit() + (full.share() ? " for low priority" : "") + " reached";
            case EXTENSION -> "extension " + extension + count;
            case HOST -> (host == null ? "no host" : "host " + host) + count;
        };
    }
}
