package io.drover.diagram;

import java.util.List;

/**
 * Whether a diagram may be loaded. It may have what is on a list ({@link BpmnWords}, {@link ExtensionWords}); whatever is
 * not on it is refused, in every spelling and namespace that the engine reads.
 */
public final class Diagrams {
    private Diagrams() {}

    /**
     * Checks one diagram. Nothing is fetched and nothing in it is run.
     *
     * @param fileName the file's name without directories, which must be the process id and {@code .bpmn}
     * @param xml the file
     * @return all that is wrong with it, by line; empty when it may be loaded
     */
    public static List<Fault> check(String fileName, byte[] xml) {
        Node root;
        try {
            root = DiagramXml.read(xml);
        } catch (DiagramXml.Unreadable e) {
            return List.of(e.fault());
        }
        var foreign = OtherEngines.of(root);
        if (!foreign.isEmpty()) {
            return foreign;
        }
        var faults = new Faults();
        if (!root.isBpmn("definitions")) {
            faults.add(
                    root,
                    "The root element is '" + root.spelling() + "'; it must be 'definitions' of " + Namespaces.BPMN);
            return faults.sorted();
        }
        new WordCheck(faults).check(root);
        new ExpressionCheck(faults).check(root);
        new ValueCheck(faults).check(root);
        new PersonCheck(faults).check(root);
        ProcessCheck.check(root, fileName, faults);
        Schema.check(xml, root, faults);
        return faults.sorted();
    }

    /**
     * Whether a diagram that was loaded before may still be run: only what would run code that is not Drover's is refused.
     * What has begun in a diagram goes on when the list of what may be loaded grows shorter.
     *
     * @return what would run such code; empty when the diagram may be run
     */
    public static List<Fault> checkLoaded(byte[] xml) {
        try {
            var faults = new Faults();
            new CodeCheck(faults).check(DiagramXml.read(xml));
            return faults.sorted();
        } catch (DiagramXml.Unreadable e) {
            return List.of(e.fault());
        }
    }
}
