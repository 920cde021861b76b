package io.drover.diagram;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An element of a diagram with the line where its opening tag ends. */
final class Node {
    private final @Nullable Node parent;
    private final String namespace;
    private final String name;
    private final String spelling;
    private final int line;
    private final List<Attribute> attributes;
    private final List<Node> children = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    /**
     * An attribute.
     *
     * @param namespace empty for one without a prefix
     * @param spelling with its prefix
     */
    record Attribute(String namespace, String name, String spelling, String value) {}

    Node(@Nullable Node parent, String namespace, String name, String spelling, int line, List<Attribute> attributes) {
        this.parent = parent;
        this.namespace = namespace;
        this.name = name;
        this.spelling = spelling;
        this.line = line;
        this.attributes = attributes;
        if (parent != null) {
            parent.children.add(this);
        }
    }

    @Nullable
    Node parent() {
        return parent;
    }

    String namespace() {
        return namespace;
    }

    /** Without prefix. */
    String name() {
        return name;
    }

    /** With prefix, as written. */
    String spelling() {
        return spelling;
    }

    int line() {
        return line;
    }

    List<Attribute> attributes() {
        return attributes;
    }

    List<Node> children() {
        return children;
    }

    /** The text directly in this element. */
    String text() {
        return text.toString().strip();
    }

    void append(char[] more, int start, int length) {
        text.append(more, start, length);
    }

    boolean isBpmn() {
        return namespace.equals(Namespaces.BPMN);
    }

    boolean isBpmn(String... names) {
        return isBpmn() && List.of(names).contains(name);
    }

    /** Whether the engine reads this element as one of its own extensions. */
    boolean isExtension() {
        return Namespaces.EXTENSIONS.contains(namespace);
    }

    /** Whether this is in the file's drawing, which the engine reads shapes from and nothing else. */
    boolean isDrawn() {
        for (Node at = this; at != null; at = at.parent) {
            if (at.namespace.equals(Namespaces.DIAGRAM) && at.name.equals("BPMNDiagram")) {
                return at.parent != null && at.parent.parent == null && at.parent.isBpmn("definitions");
            }
        }
        return false;
    }

    /** Whether this is a word of drawings in one. */
    boolean isDrawing() {
        return Namespaces.DRAWING.contains(namespace) && isDrawn();
    }

    /** The value of an attribute without namespace. */
    @Nullable
    String own(String attribute) {
        return value("", attribute);
    }

    /** The value of an attribute in one of the namespaces that the engine reads its extensions in. */
    @Nullable
    String extension(String attribute) {
        var value = value(Namespaces.CAMUNDA, attribute);
        return value == null ? value(Namespaces.ACTIVITI, attribute) : value;
    }

    private @Nullable String value(String in, String attribute) {
        for (var one : attributes) {
            if (one.namespace().equals(in) && one.name().equals(attribute)) {
                return one.value();
            }
        }
        return null;
    }

    /** The children of BPMN with this name. */
    Stream<Node> bpmn(String child) {
        return children.stream().filter(node -> node.isBpmn(child));
    }

    /** The engine's extensions with this name that belong to this element. */
    Stream<Node> extensions(String child) {
        return bpmn("extensionElements")
                .flatMap(holder -> holder.children.stream())
                .filter(node -> node.isExtension() && node.name.equals(child));
    }

    /** This element and all in it. */
    Stream<Node> all() {
        return Stream.concat(Stream.of(this), children.stream().flatMap(Node::all));
    }

    /** The nearest element around this one, itself included, that is BPMN and none that only holds extensions. */
    Node owner() {
        for (Node at = this; at != null; at = at.parent) {
            if (at.isBpmn() && !at.name.equals("extensionElements")) {
                return at;
            }
        }
        return this;
    }

    String nearestId() {
        for (Node at = this; at != null; at = at.parent) {
            var id = at.own("id");
            if (id != null && at.isBpmn()) {
                return id;
            }
        }
        return "";
    }
}
