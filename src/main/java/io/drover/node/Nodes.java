package io.drover.node;

import io.drover.access.Actor;
import io.drover.history.History;
import io.drover.history.Subject;
import io.drover.node.Node.State;
import io.drover.node.NodeRepository.Row;
import io.drover.problem.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The nodes that share this database. */
@Service
public class Nodes {
    private final NodeRepository repository;
    private final ThisNode self;
    private final History history;

    Nodes(JdbcClient jdbc, ThisNode self, History history) {
        this.repository = new NodeRepository(jdbc);
        this.self = self;
        this.history = history;
    }

    /** All nodes there are or were, by name. */
    public List<Node> list() {
        return repository.all().stream().map(this::toNode).toList();
    }

    /**
     * Says that a node that gives no sign of life is gone with everything it ran, so that the others may take over its work.
     *
     * @throws ProblemException when there is no such node, or it has given a sign of life within its lease
     */
    @Transactional
    public Node declareGone(String name, Actor actor) {
        var row = repository.lock(name).orElseThrow(() -> ProblemException.notFound("node", name));
        if (row.held()) {
            throw ProblemException.conflict(
                    "node-not-silent",
                    "Node '" + name + "' is " + state(row) + " until " + row.leaseUntil()
                            + " at least; only one without a sign of life can be declared gone");
        }
        repository.gone(name);
        history.append(actor, "node.declared-gone", subject(name), Map.of("lastSignOfLife", row.renewedAt()));
        return repository.find(name).map(this::toNode).orElseThrow();
    }

    /** The names of the other nodes that are up. */
    public Set<String> othersUp() {
        return list().stream()
                .filter(node -> node.state() == State.UP && !node.self())
                .map(Node::name)
                .collect(Collectors.toSet());
    }

    /** The names of nodes whose work others may take over. */
    public List<String> lost() {
        return repository.all().stream().filter(this::isLost).map(Row::name).toList();
    }

    /** Whether others may take over the node's work; if so, it cannot come back before the transaction has ended. */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean isLost(String name) {
        return repository.lock(name).filter(this::isLost).isPresent();
    }

    /** Where the ledger files what concerns a node. */
    public static Subject subject(String name) {
        return new Subject(
                "node", UUID.nameUUIDFromBytes(name.getBytes(java.nio.charset.StandardCharsets.UTF_8)), name);
    }

    private boolean isLost(Row row) {
        return !row.held() && (row.fenced() || row.gone()) && !row.name().equals(self.name());
    }

    private Node toNode(Row row) {
        return new Node(
                row.name(),
                state(row),
                row.name().equals(self.name()),
                row.startedAt(),
                row.renewedAt(),
                row.leaseUntil(),
                row.stoppedAt());
    }

    private static State state(Row row) {
        if (row.held()) {
            return row.stoppedAt() == null ? State.UP : State.STOPPED;
        }
        if (row.gone()) {
            return State.GONE;
        }
        return row.stoppedAt() != null ? State.STOPPED : row.fenced() ? State.DOWN : State.SILENT;
    }
}
