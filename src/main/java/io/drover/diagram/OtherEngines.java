package io.drover.diagram;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Diagrams for other engines than this one's, which are told in one sentence. */
final class OtherEngines {
    private static final String CLOUD = "Camunda Cloud";

    private OtherEngines() {}

    static List<Fault> of(Node root) {
        return root.all().flatMap(node -> engine(node).stream()).limit(1).toList();
    }

    private static Optional<Fault> engine(Node node) {
        var platform = node.attributes().stream()
                .filter(one -> one.namespace().equals(Namespaces.MODELER)
                        && one.name().equals("executionPlatform")
                        && one.value().equals(CLOUD))
                .findFirst();
        var namespaces = Stream.concat(
                        Stream.of(node.namespace()), node.attributes().stream().map(Node.Attribute::namespace))
                .toList();
        if (platform.isPresent() || namespaces.contains(Namespaces.ZEEBE)) {
            return Optional.of(fault(
                    node,
                    "This is a Camunda 8 diagram ("
                            + (platform.isPresent()
                                    ? platform.get().spelling() + "=\"" + CLOUD + "\""
                                    : Namespaces.ZEEBE)
                            + "). Drover's engine is Camunda 7: draw it as a diagram for \"Camunda Platform 7\""));
        }
        return namespaces.stream()
                .filter(Namespaces.OTHER_ENGINES::containsKey)
                .findFirst()
                .map(namespace -> fault(
                        node,
                        "This is a diagram for " + Namespaces.OTHER_ENGINES.get(namespace) + " (" + namespace
                                + "). Drover's engine is Camunda 7, which would pass over what is said there: use "
                                + Namespaces.CAMUNDA));
    }

    private static Fault fault(Node node, String message) {
        return new Fault(node.line(), node.nearestId(), message);
    }
}
