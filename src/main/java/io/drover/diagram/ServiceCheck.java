package io.drover.diagram;

import java.util.ArrayList;
import java.util.List;

/** What a task does: one of Drover's, something for a worker, or an expression. */
final class ServiceCheck {
    private static final List<String> WAYS = List.of("delegateExpression", "type", "expression");

    private final Node task;
    private final String processId;
    private final Faults faults;

    ServiceCheck(Node task, String processId, Faults faults) {
        this.task = task;
        this.processId = processId;
        this.faults = faults;
    }

    /** In a process that is not executable: it need not say what it does, but not something that is never allowed. */
    void checkUnused() {
        external();
        var bean = task.extension("delegateExpression");
        if (bean != null) {
            isKnown(bean);
        }
    }

    void check() {
        task.extensions("errorEventDefinition").forEach(this::thrown);
        List<String> given = new ArrayList<>(WAYS);
        given.removeIf(way -> task.extension(way) == null);
        if (given.size() > 1) {
            faults.add(task, "The task has " + given + "; it must have one of them");
        }
        if (given.isEmpty() && !isToldOtherwise()) {
            faults.add(
                    task,
                    "The task does not say what it does: "
                            + (task.name().equals("serviceTask")
                                    ? "give it camunda:delegateExpression, one of " + DroverWords.delegateExpressions()
                                            + ", or "
                                    : "give it ")
                            + "camunda:type=\"external\" and a camunda:topic");
        }
        external();
        var bean = task.extension("delegateExpression");
        if (bean != null && task.name().equals("serviceTask")) {
            drover(bean);
        } else {
            task.extensions("field")
                    .forEach(field -> faults.add(
                            field,
                            "The field '" + field.own("name")
                                    + "' is read by nobody; only Drover's tasks have fields"));
        }
    }

    /** A message event may do nothing; other ways to say what a task does are refused by their names. */
    private boolean isToldOtherwise() {
        return task.name().equals("messageEventDefinition")
                || task.extension("class") != null
                || task.extension("decisionRef") != null
                || task.extensions("connector").findAny().isPresent();
    }

    private void external() {
        var type = task.extension("type");
        if (type == null) {
            return;
        }
        if (!type.equals("external")) {
            faults.add(task, "camunda:type=\"" + type + "\" is not allowed; the only type is external");
        } else if (task.extension("topic") == null
                || String.valueOf(task.extension("topic")).isBlank()) {
            faults.add(task, "An external task must have a camunda:topic, so that a worker finds it");
        }
    }

    /** The engine throws the error when the expression is true, and fails to read the file where there is none. */
    private void thrown(Node definition) {
        var when = definition.own("expression");
        if (when == null || when.isBlank()) {
            faults.add(
                    definition,
                    "camunda:errorEventDefinition must have an expression that says when the error is thrown, such as"
                            + " expression=\"${failed}\"");
        }
    }

    private void drover(String bean) {
        if (!isKnown(bean)) {
            return;
        }
        var name = bean.substring(2, bean.length() - 1);
        if (!DroverWords.isOperation(processId)) {
            faults.add(
                    task,
                    bean + " works in operations only, the processes named vm-*; the process id is '" + processId
                            + "'");
        }
        new FieldCheck(task, name, faults).check();
    }

    private boolean isKnown(String bean) {
        boolean known = DroverWords.delegateExpressions().contains(bean);
        if (!known) {
            faults.add(
                    task,
                    "camunda:delegateExpression=\"" + bean + "\" is not allowed; there are "
                            + DroverWords.delegateExpressions());
        }
        return known;
    }
}
