package io.drover.workflow;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParse;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.camunda.bpm.engine.impl.util.xml.Namespace;

/** Diagrams may steer Drover's beans and nothing else: no scripts, no classes, no shell, no mail. */
final class DiagramSafety {
    /** With its older name, under which the engine reads the same attributes. */
    static final Namespace CAMUNDA = BpmnParse.CAMUNDA_BPMN_EXTENSIONS_NS;

    private static final List<String> CLASS_ATTRIBUTES = List.of("class", "formHandlerClass", "variableMappingClass");
    private static final String BEAN = "delegateExpression";
    private static final Set<String> CODE_ELEMENTS = Set.of("scriptTask", "script", "connector");
    private static final Set<String> CODE_TYPES = Set.of("shell", "mail", "camel", "mule");

    private static final Set<String> BEANS =
            DiagramBeans.NAMES.stream().map(name -> "${" + name + "}").collect(Collectors.toUnmodifiableSet());

    private DiagramSafety() {}

    static void check(Element element) {
        var tag = element.getTagName();
        if (CODE_ELEMENTS.contains(tag)) {
            throw refusal(element, "the element '" + tag + "'");
        }
        for (var name : CLASS_ATTRIBUTES) {
            refuse(element, name, element.attributeNS(CAMUNDA, name));
            refuse(element, name, element.attribute(name));
        }
        var type = element.attributeNS(CAMUNDA, "type");
        if (type != null && CODE_TYPES.contains(type)) {
            throw refusal(element, "camunda:type=\"" + type + "\"");
        }
        refuse(element, "language", element.attribute("language"));
        checkBean(element, element.attributeNS(CAMUNDA, BEAN));
        checkBean(element, element.attribute(BEAN));
        element.elements().forEach(DiagramSafety::check);
    }

    /** A task's bean is an attribute of the engine's namespace, a listener's one of no namespace. */
    private static void checkBean(Element element, @org.jspecify.annotations.Nullable String bean) {
        if (bean != null && !BEANS.contains(bean)) {
            throw refusal(element, BEAN + "=\"" + bean + "\"");
        }
    }

    private static void refuse(Element element, String attribute, @org.jspecify.annotations.Nullable String value) {
        if (value != null) {
            throw refusal(element, attribute + "=\"" + value + "\"");
        }
    }

    private static BadUserRequestException refusal(Element element, String what) {
        return new BadUserRequestException("Line " + element.getLine() + ": " + what
                + " is not allowed in a diagram; use the delegate expressions that docs/processes.md lists");
    }
}
