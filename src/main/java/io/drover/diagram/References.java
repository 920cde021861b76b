package io.drover.diagram;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What an element names must be there. */
final class References {
    private static final Map<String, String> ROOTS = Map.of(
            "errorRef", "error",
            "messageRef", "message",
            "signalRef", "signal",
            "escalationRef", "escalation");

    private static final Set<String> OF_FLOWS = Set.of("sequenceFlow");

    private References() {}

    static void check(Node root, Node process, Faults faults) {
        Map<String, Node> nodes = new HashMap<>();
        Map<String, Node> roots = new HashMap<>();
        process.all()
                .filter(node -> node.isBpmn() && node.own("id") != null)
                .forEach(node -> nodes.put(node.own("id"), node));
        root.children().stream()
                .filter(node -> node.own("id") != null)
                .forEach(node -> roots.put(node.own("id"), node));
        process.all()
                .filter(node -> node.name().equals("errorEventDefinition") && !node.isBpmn())
                .forEach(node -> root(node, "errorRef", "error", roots, faults));
        process.all().filter(Node::isBpmn).forEach(node -> {
            if (OF_FLOWS.contains(node.name())) {
                List.of("sourceRef", "targetRef").forEach(end -> flow(node, end, nodes, faults));
            }
            ROOTS.forEach((reference, kind) -> root(node, reference, kind, roots, faults));
            if (node.name().equals("boundaryEvent")) {
                attached(node, nodes, faults);
            }
            defaultFlow(node, nodes, faults);
        });
    }

    private static void flow(Node flow, String end, Map<String, Node> nodes, Faults faults) {
        var id = flow.own(end);
        var there = id == null ? null : nodes.get(id);
        if (id == null || there == null) {
            faults.add(flow, end + "=\"" + id + "\" names no element of the process");
        } else if (!BpmnWords.isFlowNode(there)) {
            faults.add(
                    flow, end + "=\"" + id + "\" is a " + there.name() + ", which no sequence flow leads to or from");
        } else if (there.parent() != flow.parent()) {
            faults.add(
                    flow,
                    end + "=\"" + id + "\" lies in another subprocess than the flow; no flow leads in or out of one");
        }
    }

    private static void attached(Node event, Map<String, Node> nodes, Faults faults) {
        var id = event.own("attachedToRef");
        var there = id == null ? null : nodes.get(id);
        if (there == null || !BpmnWords.isFlowNode(there)) {
            faults.add(event, "attachedToRef=\"" + id + "\" names no task or subprocess of the process");
        }
    }

    private static void root(Node node, String reference, String kind, Map<String, Node> roots, Faults faults) {
        var id = node.own(reference);
        if (id == null) {
            return;
        }
        var there = roots.get(id.substring(id.indexOf(':') + 1));
        if (there == null || !there.name().equals(kind)) {
            faults.add(node, reference + "=\"" + id + "\" names no " + kind + " of the file");
        }
    }

    private static void defaultFlow(Node node, Map<String, Node> nodes, Faults faults) {
        var id = node.own("default");
        if (id == null || !BpmnWords.isFlowNode(node)) {
            return;
        }
        var flow = nodes.get(id);
        if (flow == null
                || !id.equals(flow.own("id"))
                || !String.valueOf(node.own("id")).equals(flow.own("sourceRef"))) {
            faults.add(node, "default=\"" + id + "\" names no flow that leaves this element");
        }
    }
}
