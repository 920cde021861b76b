package io.drover.diagram;

import java.util.Map;
import java.util.Set;

/** Whose words the elements and attributes of a diagram are. */
final class Namespaces {
    static final String BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL";
    static final String CAMUNDA = "http://camunda.org/schema/1.0/bpmn";

    /** The engine reads everything of {@link #CAMUNDA} under this older name, too. */
    static final String ACTIVITI = "http://activiti.org/bpmn";

    /** A still older name, under which the engine reads {@code failedJobRetryTimeCycle}. */
    static final String FOX = "http://www.camunda.com/fox";

    static final String XSI = "http://www.w3.org/2001/XMLSchema-instance";
    static final String ZEEBE = "http://camunda.org/schema/zeebe/1.0";
    static final String MODELER = "http://camunda.org/schema/modeler/1.0";

    /** The outermost of a drawing. */
    static final String DIAGRAM = "http://www.omg.org/spec/BPMN/20100524/DI";

    static final Set<String> EXTENSIONS = Set.of(CAMUNDA, ACTIVITI, FOX);

    /** Shapes and where they are, which only drawings need. */
    static final Set<String> DRAWING =
            Set.of(DIAGRAM, "http://www.omg.org/spec/DD/20100524/DC", "http://www.omg.org/spec/DD/20100524/DI");

    /** Other engines, whose words would be passed over without doing what they say. */
    static final Map<String, String> OTHER_ENGINES = Map.of(
            "http://flowable.org/bpmn", "Flowable",
            "http://www.jboss.org/drools", "jBPM",
            "http://www.jboss.org/jbpm", "jBPM",
            "http://www.omg.org/spec/BPMN/20100524/MODEL/ACTIVITI", "Activiti");

    private Namespaces() {}
}
