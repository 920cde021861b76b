package io.drover.workflow;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.ErrorEventDefinition;
import org.camunda.bpm.model.bpmn.instance.Event;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Gateway;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaField;
import org.camunda.bpm.model.xml.instance.DomElement;

/** The house rules for what a diagram in bpmn/ says; {@link LayoutRules} has those for how it looks. */
class DiagramRules {

    private static final Map<String, Set<String>> BEANS = Map.of(
            "${extensionExecutor}", Set.of("retry", "verb", "timeout", "exhausted"),
            "${chooseHost}", Set.of(),
            "${applyPatch}", Set.of(),
            "${markVm}", Set.of("state", "power", "reason"),
            "${recordPower}", Set.of());
    private static final Set<String> CAUGHT =
            Set.of("extension-refused", "extension-trouble", "no-host", "patch-refused");
    private static final Set<String> OUTCOMES = Set.of(
            "vm-not-deployed",
            "vm-not-started",
            "vm-not-stopped",
            "vm-not-rebooted",
            "vm-not-deleted",
            "power-state-unknown",
            "custom-action-not-done");
    private static final Set<String> CODE =
            Set.of("script", "scriptTask", "executionListener", "taskListener", "connector", "scriptFormat", "class");
    private static final Pattern CONDITION = Pattern.compile("\\$\\{!?[a-z][A-Za-z]*}");

    private final List<String> violations = new ArrayList<>();

    private DiagramRules() {}

    /** What the diagram does wrong, in words; nothing when it keeps all rules. */
    static List<String> violationsOf(String fileName, BpmnModelInstance model) {
        var rules = new DiagramRules();
        rules.checkProcess(fileName, model.getModelElementsByType(Process.class));
        rules.checkNoCode(model.getDocument().getRootElement());
        model.getModelElementsByType(ServiceTask.class).forEach(rules::checkTask);
        model.getModelElementsByType(FlowNode.class).forEach(rules::checkNode);
        model.getModelElementsByType(SequenceFlow.class).forEach(rules::checkFlow);
        model.getModelElementsByType(Event.class).forEach(rules::checkErrors);
        return rules.violations;
    }

    private void checkProcess(String fileName, Collection<Process> processes) {
        check(processes.size() == 1, fileName + " holds " + processes.size() + " processes instead of one");
        for (var process : processes) {
            check(fileName.equals(process.getId() + ".bpmn"), fileName + " holds the process " + process.getId());
            check(process.isExecutable(), process.getId() + " is not executable");
            check(
                    hasText(process.getCamundaHistoryTimeToLiveString()),
                    process.getId() + " has no history time to live");
            check(hasText(process.getName()), process.getId() + " has no name");
            check(!process.getDocumentations().isEmpty(), process.getId() + " has no documentation");
        }
    }

    private void checkNoCode(DomElement element) {
        check(!CODE.contains(element.getLocalName()), "code in a diagram: " + element.getLocalName());
        for (var attribute : CODE) {
            check(
                    !element.hasAttribute(attribute)
                            && element.getAttribute("http://camunda.org/schema/1.0/bpmn", attribute) == null,
                    "code in a diagram: attribute " + attribute);
        }
        element.getChildElements().forEach(this::checkNoCode);
    }

    private void checkTask(ServiceTask task) {
        var fields = BEANS.get(String.valueOf(task.getCamundaDelegateExpression()));
        check(fields != null, task.getId() + " does not name a known bean: " + task.getCamundaDelegateExpression());
        var given = fieldsOf(task);
        if (fields != null) {
            given.forEach(field -> check(
                    fields.contains(field.getCamundaName()), task.getId() + " has a field " + field.getCamundaName()));
        }
        if ("${extensionExecutor}".equals(task.getCamundaDelegateExpression())) {
            check(hasText(valueOf(given, "verb")), task.getId() + " names no verb");
            check(
                    Set.of("incident", "error").contains(String.valueOf(valueOf(given, "exhausted"))),
                    task.getId() + " does not say what follows when attempts are used up");
        }
        if ("${markVm}".equals(task.getCamundaDelegateExpression())) {
            check(!given.isEmpty(), task.getId() + " marks nothing");
        }
    }

    private void checkNode(FlowNode node) {
        var join = node instanceof Gateway
                && node.getIncoming().size() > 1
                && node.getOutgoing().size() == 1;
        check(join || hasText(node.getName()), node.getId() + " has no label");
        check(
                node instanceof EndEvent || !node.getOutgoing().isEmpty(),
                node.getId() + " leads nowhere and is no end event");
        if (node instanceof BoundaryEvent) {
            check(reachesAnEnd(node), node.getId() + " begins a path that never ends");
        }
    }

    private void checkFlow(SequenceFlow flow) {
        var condition = flow.getConditionExpression();
        var choice = flow.getSource() instanceof Gateway
                && flow.getSource().getOutgoing().size() > 1;
        check(!(choice || condition != null) || hasText(flow.getName()), flow.getId() + " has no label");
        check(
                condition == null
                        || CONDITION.matcher(condition.getTextContent()).matches(),
                flow.getId() + " decides by more than a variable");
    }

    private void checkErrors(Event event) {
        for (var definition : event.getChildElementsByType(ErrorEventDefinition.class)) {
            var error = definition.getError();
            var known = event instanceof EndEvent ? OUTCOMES : CAUGHT;
            check(error != null || event instanceof BoundaryEvent, event.getId() + " ends in an error without a code");
            check(
                    error == null || known.contains(String.valueOf(error.getErrorCode())),
                    event.getId() + " names an error nobody knows");
        }
    }

    private static boolean reachesAnEnd(FlowNode start) {
        var open = new ArrayList<>(List.of(start));
        var seen = new HashSet<String>();
        while (!open.isEmpty()) {
            var node = open.remove(open.size() - 1);
            if (node instanceof EndEvent) {
                return true;
            }
            if (seen.add(node.getId())) {
                open.addAll(node.getSucceedingNodes().list());
            }
        }
        return false;
    }

    private static Collection<CamundaField> fieldsOf(ServiceTask task) {
        var extensions = task.getExtensionElements();
        return extensions == null ? List.of() : extensions.getChildElementsByType(CamundaField.class);
    }

    private static String valueOf(Collection<CamundaField> fields, String name) {
        return fields.stream()
                .filter(field -> name.equals(field.getCamundaName()))
                .map(field -> field.getCamundaString() == null
                        ? ""
                        : field.getCamundaString().getTextContent())
                .findFirst()
                .orElse("");
    }

    private void check(boolean kept, String violation) {
        if (!kept) {
            violations.add(violation);
        }
    }

    private static boolean hasText(String text) {
        return text != null && !text.isBlank();
    }
}
