package io.drover.diagram;

import java.util.Set;
import java.util.TreeSet;

/** Which elements and attributes there may be, and where. */
final class WordCheck {
    /** Where the schema lets anything stand. */
    private static final Set<String> HOLDERS = Set.of("extensionElements", "documentation", "text");

    private final Faults faults;

    WordCheck(Faults faults) {
        this.faults = faults;
    }

    void check(Node node) {
        if (node.isBpmn("scriptTask", "import")) {
            bpmn(node);
            return;
        }
        if (node.isBpmn()) {
            bpmn(node);
        } else if (node.isExtension()) {
            extension(node);
        } else if (!node.isDrawing()) {
            foreign(node);
        }
        if (!(node.isExtension() && ExtensionWords.REFUSED_ELEMENTS.containsKey(node.name()))) {
            node.attributes().forEach(attribute -> attribute(node, attribute));
            node.children().forEach(this::check);
        }
    }

    private void bpmn(Node node) {
        var why = BpmnWords.REFUSED.get(node.name());
        if (why != null) {
            faults.add(node, "The element '" + node.spelling() + "' is not allowed: " + why);
        } else if (!BpmnWords.ALLOWED.contains(node.name())) {
            faults.add(
                    node, "The element '" + node.spelling() + "' is none that Drover's diagrams may have; remove it");
        }
        var parent = node.parent();
        if (parent != null && (!parent.isBpmn() || HOLDERS.contains(parent.name()))) {
            faults.add(
                    node,
                    "The element '" + node.spelling() + "' of BPMN is not allowed in '" + parent.spelling() + "'");
        }
    }

    private void extension(Node node) {
        var why = ExtensionWords.REFUSED_ELEMENTS.get(node.name());
        var word = ExtensionWords.element(node.name());
        boolean fox = node.namespace().equals(Namespaces.FOX) && !node.name().equals("failedJobRetryTimeCycle");
        if (why != null) {
            faults.add(node, "The element '" + node.spelling() + "' is not allowed: " + why);
        } else if (word == null || fox) {
            faults.add(node, "The element '" + node.spelling() + "' is none that Drover's engine knows; remove it");
        } else if (!isAt(word, node)) {
            faults.add(node, "The element '" + node.spelling() + "' is not allowed in '" + around(node) + "'");
        }
    }

    private static boolean isAt(ExtensionWords.Word word, Node node) {
        var parent = node.parent();
        if (parent == null) {
            return false;
        }
        if (parent.isExtension()) {
            return word.around().contains(parent.name());
        }
        var owner = parent.parent();
        return parent.isBpmn("extensionElements")
                && owner != null
                && owner.isBpmn()
                && (word.around().contains("!*")
                        || word.around().contains("!" + owner.name())
                        || word.around().contains("!@node") && BpmnWords.isFlowNode(owner));
    }

    private static String around(Node node) {
        var parent = node.parent();
        if (parent != null && parent.isBpmn("extensionElements") && parent.parent() != null) {
            return parent.parent().spelling();
        }
        return parent == null ? "" : parent.spelling();
    }

    /** What others add is passed over by the engine, unless it has a name that the engine looks for in any namespace. */
    private void foreign(Node node) {
        if (ExtensionWords.isReadByTheEngine(node.name())) {
            faults.add(
                    node,
                    "The element '" + node.spelling() + "' of " + shown(node.namespace())
                            + " has a name that the engine" + " reads whosever it is; remove it or name it otherwise");
        } else if (Namespaces.DRAWING.contains(node.namespace())) {
            faults.add(node, "The element '" + node.spelling() + "' is allowed in a BPMNDiagram of the file only");
        } else if (!isHeld(node)) {
            faults.add(node, "The element '" + node.spelling() + "' is allowed in extensionElements only");
        }
    }

    private static boolean isHeld(Node node) {
        for (var at = node.parent(); at != null; at = at.parent()) {
            if (at.isBpmn()) {
                return HOLDERS.contains(at.name());
            }
            if (at.isDrawing()) {
                return true;
            }
        }
        return false;
    }

    private void attribute(Node node, Node.Attribute attribute) {
        if (attribute.namespace().equals(Namespaces.XSI)) {
            hint(node, attribute);
        } else if (Namespaces.EXTENSIONS.contains(attribute.namespace())) {
            extensionAttribute(node, attribute);
        } else if (attribute.namespace().isEmpty()) {
            ownAttribute(node, attribute);
        } else if (attribute.namespace().contains("camunda.org/schema/1.0")
                || attribute.namespace().contains("activiti")) {
            faults.add(
                    node,
                    spelled(attribute) + ": nothing is read in the namespace " + attribute.namespace() + "; it must be "
                            + Namespaces.CAMUNDA);
        }
    }

    private void extensionAttribute(Node node, Node.Attribute attribute) {
        var why = ExtensionWords.REFUSED_ATTRIBUTES.get(attribute.name());
        if (why != null) {
            faults.add(node, spelled(attribute) + " is not allowed: " + why);
        } else if (!node.isBpmn() || !ExtensionWords.attributesOf(node).contains(attribute.name())) {
            faults.add(
                    node,
                    spelled(attribute) + " is not allowed on '" + node.spelling() + "'; allowed there: "
                            + (node.isBpmn() ? ExtensionWords.attributesOf(node) : "attributes without a prefix"));
        }
        var same = node.attributes().stream()
                .filter(one -> Namespaces.EXTENSIONS.contains(one.namespace())
                        && one.name().equals(attribute.name()));
        if (same.count() > 1) {
            faults.add(node, "'" + attribute.name() + "' is given under two of the engine's namespaces; give it once");
        }
    }

    private void ownAttribute(Node node, Node.Attribute attribute) {
        if (node.isBpmn() && attribute.name().equals("language")) {
            faults.add(
                    node,
                    spelled(attribute) + " is not allowed: conditions are expressions such as ${approved}; remove it");
        }
        var word = node.isExtension() ? ExtensionWords.element(node.name()) : null;
        if (word != null && !word.attributes().contains(attribute.name())) {
            faults.add(
                    node,
                    spelled(attribute) + " is not allowed on '" + node.spelling() + "'; allowed there: "
                            + new TreeSet<>(word.attributes()));
        }
    }

    /** The engine's reader would fetch schemas that a file names. */
    private void hint(Node node, Node.Attribute attribute) {
        if (attribute.name().equals("noNamespaceSchemaLocation")) {
            faults.add(node, spelled(attribute) + " is not allowed: nothing is fetched from elsewhere; remove it");
        } else if (attribute.name().equals("schemaLocation")) {
            var words = attribute.value().strip().split("\\s+");
            for (int i = 0; i < words.length; i += 2) {
                if (!words[i].equals(Namespaces.BPMN) && !Namespaces.DRAWING.contains(words[i])) {
                    faults.add(
                            node,
                            attribute.spelling() + " names a schema for " + shown(words[i])
                                    + ": nothing is fetched from elsewhere; remove it");
                }
            }
        }
    }

    private static String spelled(Node.Attribute attribute) {
        return attribute.spelling() + "=\"" + attribute.value() + "\"";
    }

    private static String shown(String namespace) {
        return namespace.isEmpty() ? "no namespace" : namespace;
    }
}
