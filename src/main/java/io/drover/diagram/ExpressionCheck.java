package io.drover.diagram;

import java.util.Set;

/** Expressions wherever the engine evaluates them. */
final class ExpressionCheck {
    /** Elements whose name is an expression, too. */
    private static final Set<String> NAMED = Set.of("userTask", "message", "signal", "escalation", "error");

    /** Text of these is taken as it is. */
    private static final Set<String> LITERAL = Set.of("string", "property", "properties");

    private static final Set<String> CONDITIONS = Set.of("conditionExpression", "condition", "completionCondition");

    private final Faults faults;

    ExpressionCheck(Faults faults) {
        this.faults = faults;
    }

    void check(Node node) {
        if (node.isBpmn()) {
            bpmn(node);
        } else if (node.isExtension() && !LITERAL.contains(node.name())) {
            text(node);
            node.attributes().forEach(attribute -> attribute(node, attribute));
        }
        node.children().forEach(this::check);
    }

    private void bpmn(Node node) {
        for (var attribute : node.attributes()) {
            boolean named = attribute.name().equals("name") && NAMED.contains(node.name());
            boolean other = !Set.of("name", "id").contains(attribute.name())
                    && !attribute.namespace().equals(Namespaces.XSI);
            boolean read = attribute.namespace().isEmpty() || Namespaces.EXTENSIONS.contains(attribute.namespace());
            if (read && (named || other)) {
                attribute(node, attribute);
            }
        }
        var parent = node.parent();
        boolean description = node.name().equals("documentation") && parent != null && parent.isBpmn("userTask");
        if (BpmnWords.EXPRESSIONS.contains(node.name()) || description) {
            text(node);
        }
        if (CONDITIONS.contains(node.name()) && !Expressions.isOne(node.text())) {
            faults.add(
                    node,
                    "The condition '" + node.text() + "' must be one expression, e.g. ${approved} or ${size > 4}");
        }
    }

    private void attribute(Node node, Node.Attribute attribute) {
        var why = Expressions.fault(attribute.value());
        if (why != null) {
            faults.add(node, attribute.spelling() + "=\"" + attribute.value() + "\" " + why);
        }
    }

    private void text(Node node) {
        var why = Expressions.fault(node.text());
        if (why != null) {
            faults.add(node, "'" + node.text() + "' in '" + node.spelling() + "' " + why);
        }
    }
}
