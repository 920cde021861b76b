package io.drover.workflow;

import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.camunda.bpm.engine.impl.util.xml.Namespace;

/** Diagrams may steer Drover's beans and nothing else: no scripts, no classes, no shell, no mail. */
final class DiagramSafety {
    static final Namespace CAMUNDA = new Namespace("http://camunda.org/schema/1.0/bpmn");
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
        refuse(element, "class", element.attributeNS(CAMUNDA, "class"));
        var type = element.attributeNS(CAMUNDA, "type");
        if (type != null && CODE_TYPES.contains(type)) {
            throw refusal(element, "camunda:type=\"" + type + "\"");
        }
        var bean = element.attributeNS(CAMUNDA, "delegateExpression");
        if (bean != null && !BEANS.contains(bean)) {
            throw refusal(element, "delegateExpression=\"" + bean + "\"");
        }
        if (tag.equals("conditionExpression")) {
            refuse(element, "language", element.attribute("language"));
        }
        element.elements().forEach(DiagramSafety::check);
    }

    private static void refuse(Element element, String attribute, @org.jspecify.annotations.Nullable String value) {
        if (value != null) {
            throw refusal(element, attribute + "=\"" + value + "\"");
        }
    }

    private static ProcessEngineException refusal(Element element, String what) {
        return new ProcessEngineException("Line " + element.getLine() + ": " + what
                + " is not allowed in a diagram; use the delegate expressions that docs/processes.md lists");
    }
}
