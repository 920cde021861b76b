package io.drover;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Diagrams named vm-status, put together of scopes and what happens in them. */
final class StatusDiagram {
    private static final String FRAME = """
            <?xml version="1.0" encoding="UTF-8"?>
            <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="Definitions" targetNamespace="urn:t"
                xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                xmlns:camunda="http://camunda.org/schema/1.0/bpmn">
            %s
            <process id="%s" isExecutable="true" camunda:historyTimeToLive="P1D">
            %s
            </process></definitions>
            """;
    private static final String ERRORS =
            "<error id='Own' name='Own' errorCode='own-code' camunda:errorMessage='Its own reason'/>"
                    + "<escalation id='Up' name='Up' escalationCode='up'/>";

    private StatusDiagram() {}

    static String of(String content) {
        return of("vm-status", content);
    }

    static String of(String id, String content) {
        return FRAME.formatted(ERRORS, id, content);
    }

    /** The same with a way to a good end, which is never gone; a diagram without any is refused. */
    static String withGoal(String content) {
        var first = Pattern.compile("<sequenceFlow id='(F_(\\w+?)_\\w+)' sourceRef='(\\w+)'");
        var start = Pattern.compile("<startEvent id='(\\w+)'/>").matcher(content);
        if (!start.find()) {
            throw new IllegalArgumentException(content);
        }
        var id = start.group(1);
        var flow = first.matcher(content)
                .results()
                .filter(found -> found.group(3).equals(id))
                .findFirst()
                .orElseThrow();
        return content.replace(flow.group(), flow.group().replace("sourceRef='" + id + "'", "sourceRef='Never'"))
                + "<exclusiveGateway id='Never' default='" + flow.group(1) + "'/><endEvent id='Goal'/>"
                + flow(id, "Never")
                + flow("Never", "Goal")
                        .replace(
                                "/>",
                                "><conditionExpression xsi:type='tFormalExpression'>${vm == 'nobody'}"
                                        + "</conditionExpression></sequenceFlow>");
    }

    /** A start, these steps one after the other, and an end. */
    static String line(String name, String... steps) {
        var ids = IntStream.range(0, steps.length).mapToObj(i -> name + i).toList();
        var nodes = IntStream.range(0, steps.length)
                .mapToObj(i -> steps[i].replace("ID", ids.get(i)))
                .collect(Collectors.joining("\n"));
        var end = steps[steps.length - 1].startsWith("<endEvent") ? "" : "<endEvent id='" + name + "End'/>";
        var all = new java.util.ArrayList<>(List.of(name + "Start"));
        all.addAll(ids);
        if (!end.isEmpty()) {
            all.add(name + "End");
        }
        var flows = IntStream.range(1, all.size())
                .mapToObj(i -> flow(all.get(i - 1), all.get(i)))
                .collect(Collectors.joining("\n"));
        return "<startEvent id='" + name + "Start'/>\n" + nodes + end + flows;
    }

    static String flow(String from, String to) {
        return "<sequenceFlow id='F_" + from + "_" + to + "' sourceRef='" + from + "' targetRef='" + to + "'/>";
    }

    /** A call of the extension. */
    static String call(String verb, String exhausted) {
        return task(
                "${extensionExecutor}",
                field("verb", verb) + field("exhausted", exhausted) + field("retry", "R1/PT0S"));
    }

    static String task(String bean, String fields) {
        return "<serviceTask id='ID' name='Do ID' camunda:delegateExpression='" + bean + "'><extensionElements>"
                + fields + "</extensionElements></serviceTask>";
    }

    static String field(String name, String value) {
        return "<camunda:field name='" + name + "'><camunda:string>" + value + "</camunda:string></camunda:field>";
    }

    static String scope(String inside) {
        return "<subProcess id='ID'>" + inside + "</subProcess>";
    }

    static String branches(String... branches) {
        var nodes = new StringBuilder("<startEvent id='Start'/><parallelGateway id='Fork'/><parallelGateway id='Join'/>"
                + "<endEvent id='End'/>" + flow("Start", "Fork") + flow("Join", "End"));
        for (int i = 0; i < branches.length; i++) {
            var id = "Branch" + i;
            nodes.append(branches[i].replace("ID", id)).append(flow("Fork", id)).append(flow(id, "Join"));
        }
        return nodes.toString();
    }
}
