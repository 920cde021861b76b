package io.drover.diagram;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** That an operation's diagram sets no variable that only Drover sets; the engine would refuse it, but after programs have run. */
final class VariableCheck {
    /** Attributes by which an element of BPMN names a variable that it sets. */
    private static final List<String> ATTRIBUTES = List.of(
            "resultVariable",
            "resultVariableName",
            "elementVariable",
            "errorCodeVariable",
            "errorMessageVariable",
            "escalationCodeVariable",
            "initiator");

    private final String process;
    private final Faults faults;

    private VariableCheck(String process, Faults faults) {
        this.process = process;
        this.faults = faults;
    }

    static void check(Node process, Faults faults) {
        var check = new VariableCheck(String.valueOf(process.own("id")), faults);
        process.all().forEach(check::node);
    }

    private void node(Node node) {
        if (node.isBpmn()) {
            ATTRIBUTES.forEach(attribute -> sets(node, "camunda:" + attribute, node.extension(attribute)));
            if (node.isBpmn("inputDataItem")) {
                sets(node, "name", node.own("name"));
            }
        } else if (node.isExtension()) {
            extension(node);
        }
    }

    private void extension(Node node) {
        switch (node.name()) {
            case "inputParameter", "outputParameter" -> sets(node, "name", node.own("name"));
            case "out" -> sets(node, "target", node.own("target"));
            case "formField" -> {
                if (!isReadOnly(node)) {
                    field(node, "id");
                }
            }
            case "formProperty" -> {
                boolean shown = "false".equals(node.own("writable")) && node.own("default") == null;
                if (!shown) {
                    field(node, node.own("variable") == null ? "id" : "variable");
                }
            }
            default -> {}
        }
    }

    /** A field that only shows what is there. */
    private static boolean isReadOnly(Node field) {
        return field.own("defaultValue") == null
                && field.all()
                        .anyMatch(node -> node.isExtension()
                                && node.name().equals("constraint")
                                && "readonly".equals(node.own("name"))
                                && !"false".equals(node.own("config")));
    }

    /** Who starts a process by hand says of which VM, and which action. */
    private void field(Node field, String attribute) {
        var name = String.valueOf(field.own(attribute));
        if (!(field.owner().isBpmn("startEvent") && DroverWords.ASKED_AT_START.contains(name))) {
            sets(field, attribute, name);
        }
    }

    private void sets(Node node, String attribute, @Nullable String name) {
        if (name != null && DroverWords.isOwnVariable(process, name)) {
            faults.add(
                    node,
                    attribute + "=\"" + name + "\" on '" + node.spelling() + "' is not allowed: the variable '" + name
                            + "' is Drover's own in " + process + "; use another name");
        }
    }
}
