package io.drover.diagram;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One executable process in a file, named like it; for an operation, one that can begin and end. */
final class ProcessCheck {
    private static final Pattern SUFFIX = Pattern.compile("(\\.bpmn20\\.xml|\\.bpmn)$");
    private static final Set<String> DEFINITIONS = Set.of(
            "timerEventDefinition",
            "messageEventDefinition",
            "signalEventDefinition",
            "conditionalEventDefinition",
            "errorEventDefinition",
            "escalationEventDefinition",
            "compensateEventDefinition");

    private static final List<String> CHANGES = List.of("deploy", "start", "stop", "reboot");

    private final Node process;
    private final String id;
    private final Faults faults;

    private ProcessCheck(Node process, Faults faults) {
        this.process = process;
        this.id = String.valueOf(process.own("id"));
        this.faults = faults;
    }

    static void check(Node root, String fileName, Faults faults) {
        var processes = root.bpmn("process").toList();
        var executable = processes.stream()
                .filter(process -> "true".equalsIgnoreCase(process.own("isExecutable")))
                .toList();
        if (processes.isEmpty()) {
            faults.add(root, "There is no process in the file; it must have one");
        } else if (executable.isEmpty()) {
            faults.add(
                    processes.get(0),
                    "The process '" + processes.get(0).own("id") + "' is not executable, so nothing would"
                            + " be loaded; set isExecutable=\"true\" (in Modeler: Executable, among the process's properties)");
        } else if (executable.size() > 1) {
            faults.add(
                    executable.get(1),
                    "The file has " + executable.size() + " executable processes, "
                            + executable.stream()
                                    .map(process -> process.own("id"))
                                    .toList()
                            + "; it must have exactly one. Put each in a file of its own");
        }
        executable.forEach(process -> new ProcessCheck(process, faults).check(root));
        processes.stream()
                .filter(process -> !executable.contains(process))
                .flatMap(ProcessCheck::services)
                .forEach(task -> new ServiceCheck(task, "", faults).checkUnused());
        if (executable.size() == 1) {
            named(executable.get(0), fileName, faults);
        }
    }

    private static void named(Node process, String fileName, Faults faults) {
        var name = SUFFIX.matcher(fileName).replaceFirst("");
        if (!name.equals(process.own("id"))) {
            faults.add(
                    process,
                    "The process id is '" + process.own("id") + "', but the file's name is '" + fileName
                            + "'; rename the file to " + process.own("id") + ".bpmn, or the process to " + name);
        }
    }

    private void check(Node root) {
        References.check(root, process, faults);
        services(process).forEach(task -> new ServiceCheck(task, id, faults).check());
        if (DroverWords.isOperation(id)) {
            operation();
            VariableCheck.check(process, faults);
        }
    }

    private static Stream<Node> services(Node process) {
        return process.all().filter(node -> node.isBpmn() && BpmnWords.SERVICES.contains(node.name()));
    }

    private void operation() {
        var verb = DroverWords.verbOf(id);
        if (!DroverWords.OPERATIONS.contains(verb)) {
            faults.add(
                    process,
                    "There is no operation '" + verb + "', so the process '" + id
                            + "' would never be asked for; vm-* is"
                            + " one of "
                            + DroverWords.OPERATIONS.stream()
                                    .map(known -> "vm-" + known)
                                    .toList()
                            + ". Other processes have other names");
        }
        var starts = process.bpmn("startEvent").toList();
        if (starts.isEmpty()) {
            faults.add(process, "The operation has no start event; it must have one");
        }
        starts.stream()
                .skip(1)
                .forEach(start -> faults.add(start, "An operation has one start event; this is one more"));
        starts.forEach(this::begins);
        if (starts.size() == 1) {
            var flow = new Flow(process);
            ends(flow, starts.get(0));
            asks(verb, flow, starts.get(0));
            Claims.check(verb, flow, faults);
        }
    }

    private void begins(Node start) {
        start.children().stream()
                .filter(child -> child.isBpmn() && DEFINITIONS.contains(child.name()))
                .forEach(child -> faults.add(
                        child,
                        "An operation begins when it is asked for; its start event must have no " + child.name()));
    }

    private void ends(Flow flow, Node start) {
        var goals = process.bpmn("endEvent").filter(ProcessCheck::isGoal).toList();
        if (goals.isEmpty()) {
            faults.add(
                    process,
                    "The operation could never succeed: it has no end event on its top level that is no error end event");
        } else if (goals.stream().noneMatch(flow.reachableFrom(List.of(start))::contains)) {
            faults.add(
                    start,
                    "The operation could never succeed: none of its end events that are no error end events can be"
                            + " reached from here");
        }
    }

    /** What changes a VM outside asks somebody outside on some way to its goal: an extension, a worker, a called process. */
    private void asks(String verb, Flow flow, Node start) {
        var goals = process.bpmn("endEvent").filter(ProcessCheck::isGoal).toList();
        var reached = flow.reachableFrom(List.of(start));
        if (CHANGES.contains(verb)
                && goals.stream().anyMatch(reached::contains)
                && flow.nodes().stream()
                        .filter(ProcessCheck::isAsking)
                        .noneMatch(task -> isInHandler(task)
                                || reached.contains(task)
                                        && flow.reachableFrom(around(task)).stream()
                                                .anyMatch(goals::contains))) {
            faults.add(
                    start,
                    "The operation would succeed without anything being asked: on some way to its end there must be a task"
                            + " ${extensionExecutor}, a worker's task or a call activity");
        }
    }

    private static boolean isAsking(Node node) {
        return ("${" + DroverWords.EXECUTOR + "}").equals(node.extension("delegateExpression"))
                || node.isBpmn("callActivity")
                || node.extension("type") != null
                || node.bpmn("messageEventDefinition").anyMatch(message -> message.extension("type") != null);
    }

    private static boolean isInHandler(Node task) {
        return scopes(task).anyMatch(scope -> "true".equals(scope.own("triggeredByEvent")));
    }

    /** A task and the subprocesses that it is in, from all of which tokens go on. */
    private static List<Node> around(Node task) {
        return Stream.concat(Stream.of(task), scopes(task).filter(BpmnWords::isFlowNode))
                .toList();
    }

    private static Stream<Node> scopes(Node task) {
        List<Node> around = new ArrayList<>();
        for (var at = task.parent(); at != null; at = at.parent()) {
            around.add(at);
        }
        return around.stream();
    }

    private static boolean isGoal(Node end) {
        return end.children().stream()
                .noneMatch(child -> child.isBpmn("errorEventDefinition", "cancelEventDefinition"));
    }
}
