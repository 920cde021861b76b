package io.drover.diagram;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which element a token may come to from which. */
final class Flow {
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Map<Node, List<Node>> before = new HashMap<>();
    private final Map<Node, List<Node>> after = new HashMap<>();

    Flow(Node process) {
        process.all().filter(BpmnWords::isFlowNode).forEach(node -> nodes.put(String.valueOf(node.own("id")), node));
        process.all().filter(node -> node.isBpmn("sequenceFlow")).forEach(this::sequence);
        nodes.values().forEach(node -> {
            if (node.isBpmn("boundaryEvent")) {
                lead(attachedTo(node), node);
            }
            link(node);
        });
    }

    Collection<Node> nodes() {
        return nodes.values();
    }

    /** The elements that a sequence flow or a link leads here from. */
    List<Node> before(Node node) {
        return before.getOrDefault(node, List.of());
    }

    @Nullable
    Node attachedTo(Node boundaryEvent) {
        return nodes.get(String.valueOf(boundaryEvent.own("attachedToRef")));
    }

    /** Where tokens may come that begin here, inside of subprocesses, too. */
    Set<Node> reachableFrom(Collection<Node> starts) {
        Set<Node> reached = new LinkedHashSet<>(starts);
        var open = new ArrayDeque<>(starts);
        while (!open.isEmpty()) {
            var node = open.pop();
            var next = new ArrayList<>(after.getOrDefault(node, List.of()));
            if (BpmnWords.SCOPES.contains(node.name())) {
                node.bpmn("startEvent").forEach(next::add);
            }
            next.stream().filter(reached::add).forEach(open::push);
        }
        return reached;
    }

    private void sequence(Node flow) {
        lead(nodes.get(String.valueOf(flow.own("sourceRef"))), nodes.get(String.valueOf(flow.own("targetRef"))));
    }

    /** A link event that throws leads to those that catch under the same name, in the same scope. */
    private void link(Node throwing) {
        if (!throwing.isBpmn("intermediateThrowEvent")) {
            return;
        }
        throwing.bpmn("linkEventDefinition").forEach(thrown -> nodes.values().stream()
                .filter(node -> node.isBpmn("intermediateCatchEvent") && node.parent() == throwing.parent())
                .filter(node -> node.bpmn("linkEventDefinition")
                        .anyMatch(caught -> String.valueOf(caught.own("name")).equals(thrown.own("name"))))
                .forEach(node -> lead(throwing, node)));
    }

    private void lead(@Nullable Node from, @Nullable Node to) {
        if (from != null && to != null) {
            after.computeIfAbsent(from, node -> new ArrayList<>()).add(to);
            before.computeIfAbsent(to, node -> new ArrayList<>()).add(from);
        }
    }
}
