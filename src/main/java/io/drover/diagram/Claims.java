package io.drover.diagram;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * That no way leads to "Mark VM Running" on which nothing was asked that could have made it so. Follows what must have been
 * passed at each element: where ways meet, on all of them; where branches are joined, on one of them. What cannot be known
 * (a worker, a called process, an event subprocess) counts as asked; the server looks again when the task is reached.
 */
final class Claims {
    /** By operation: the states that its VM is not in before, so that they cannot be put back without a program. */
    private static final Map<String, List<String>> NEW_STATES = Map.of(
            "deploy", List.of("Running", "Stopped"),
            "start", List.of("Running"),
            "status", List.of("Running", "Stopped"),
            "custom-action", List.of("Running", "Stopped"));

    /** By state: verbs after which no VM is in it. */
    private static final Map<String, Set<String>> USELESS = Map.of(
            "Running", Set.of("prepare", "stop", "delete"),
            "Stopped", Set.of("prepare", "delete"));

    private final Flow flow;
    private final Set<String> useless;
    private final Map<Node, Boolean> asked = new HashMap<>();

    private Claims(Flow flow, Set<String> useless) {
        this.flow = flow;
        this.useless = useless;
    }

    static void check(String verb, Flow flow, Faults faults) {
        for (var state : NEW_STATES.getOrDefault(verb, List.of())) {
            var claims = new Claims(flow, USELESS.getOrDefault(state, Set.of()));
            claims.settle();
            flow.nodes().stream()
                    .filter(node ->
                            DroverWords.MARK.equals(bean(node)) && state.equals(FieldCheck.literal(node, "state")))
                    .filter(node -> !claims.isAskedBefore(node))
                    .forEach(node -> faults.add(
                            node,
                            "The VM would be marked " + state + " without a program that was asked for"
                                    + " it: on every way here there must be a task ${extensionExecutor} with another verb than "
                                    + claims.useless.stream().sorted().toList()));
        }
    }

    /** Begins with "asked everywhere" and takes back what does not hold, until nothing changes. */
    private void settle() {
        boolean changed = true;
        while (changed) {
            changed = false;
            for (var node : flow.nodes()) {
                boolean now = isAskedBefore(node);
                changed |= asked.getOrDefault(node, true) != now;
                asked.put(node, now);
            }
        }
    }

    private boolean isAskedBefore(Node node) {
        if (node.isBpmn("boundaryEvent")) {
            var host = flow.attachedTo(node);
            return host == null || before(host) || inside(host).anyMatch(this::asks);
        }
        var ways = flow.before(node);
        if (ways.isEmpty()) {
            return !node.isBpmn("startEvent") || isAskedAtStart(node);
        }
        return node.isBpmn("parallelGateway", "inclusiveGateway")
                ? ways.stream().anyMatch(this::isAskedAfter)
                : ways.stream().allMatch(this::isAskedAfter);
    }

    private boolean isAskedAtStart(Node start) {
        var scope = start.parent();
        if (scope == null || scope.isBpmn("process")) {
            return false;
        }
        return "true".equals(scope.own("triggeredByEvent")) || before(scope);
    }

    private boolean isAskedAfter(Node node) {
        if (before(node) || asks(node)) {
            return true;
        }
        if (!node.isBpmn("subProcess", "transaction")) {
            return false;
        }
        var ends = node.bpmn("endEvent")
                .filter(end -> end.bpmn("errorEventDefinition").findAny().isEmpty())
                .toList();
        return ends.isEmpty() || ends.stream().allMatch(this::before);
    }

    private boolean before(Node node) {
        return asked.getOrDefault(node, true);
    }

    private boolean asks(Node node) {
        if (DroverWords.EXECUTOR.equals(bean(node))) {
            var verb = FieldCheck.literal(node, "verb");
            return verb == null || !useless.contains(verb);
        }
        return node.isBpmn("callActivity") || node.extension("type") != null;
    }

    private static Stream<Node> inside(Node node) {
        return node.all().filter(BpmnWords::isFlowNode);
    }

    private static @Nullable String bean(Node node) {
        var expression = node.extension("delegateExpression");
        return expression == null || expression.length() < 3 ? null : expression.substring(2, expression.length() - 1);
    }
}
