package io.drover.diagram;

import java.util.Set;

/** What in a diagram would run code that is not Drover's, and nothing else of what is refused. */
final class CodeCheck {
    private static final Set<String> CLASSES =
            Set.of("class", "formHandlerClass", "variableMappingClass", "variableMappingDelegateExpression");
    private static final Set<String> ELEMENTS =
            Set.of("script", "scriptTask", "import", "connector", "executionListener", "taskListener");

    private final Faults faults;

    CodeCheck(Faults faults) {
        this.faults = faults;
    }

    void check(Node root) {
        root.all().filter(node -> !node.isDrawing()).forEach(node -> {
            if (ELEMENTS.contains(node.name())) {
                faults.add(node, "The element '" + node.spelling() + "' is not allowed: it runs code");
            }
            if (node.isBpmn() || node.isExtension()) {
                node.attributes().forEach(attribute -> attribute(node, attribute));
            }
        });
    }

    private void attribute(Node node, Node.Attribute attribute) {
        var value = attribute.value();
        boolean code =
                switch (attribute.name()) {
                    case "type" -> Namespaces.EXTENSIONS.contains(attribute.namespace()) && !value.equals("external");
                    case "delegateExpression" ->
                        !DroverWords.delegateExpressions().contains(value);
                    case "language", "scriptFormat" -> true;
                    case "name" -> node.isExtension() && node.name().equals("constraint") && value.equals("validator");
                    default -> CLASSES.contains(attribute.name());
                };
        if (code) {
            faults.add(node, attribute.spelling() + "=\"" + value + "\" is not allowed: it runs code");
        }
    }
}
