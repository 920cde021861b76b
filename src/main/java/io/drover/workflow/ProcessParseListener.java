package io.drover.workflow;

import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParse;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.springframework.stereotype.Component;

/** Hooks operations to every diagram, named {@code vm-*} or called by one that is. */
@Component
class ProcessParseListener extends AbstractBpmnParseListener {
    private static final String EXECUTOR = "${extensionExecutor}";
    private static final String ERROR_END = "errorEndEvent";
    private static final String FOUR_EYES = "fourEyes";

    private final OperationListeners operations;
    private final ProcessWatch watch;

    ProcessParseListener(OperationListeners operations, ProcessWatch watch) {
        this.operations = operations;
        this.watch = watch;
    }

    @Override
    public void parseProcess(Element element, ProcessDefinitionEntity process) {
        if (OperationListeners.isOperation(process.getKey())) {
            process.addBuiltInListener(ExecutionListener.EVENTNAME_START, (ExecutionListener) operations::begun, 0);
            process.addBuiltInListener(ExecutionListener.EVENTNAME_END, (ExecutionListener) operations::ended);
            UncaughtError.catchIn(process, operations::failed);
        }
        watch.over(process);
    }

    @Override
    public void parseEndEvent(Element element, ScopeImpl scope, ActivityImpl end) {
        keepTopicOfMessage(element, end);
        boolean ofProcess =
                scope instanceof ProcessDefinitionEntity process && OperationListeners.isOperation(process.getKey());
        if (ofProcess && !ERROR_END.equals(end.getProperty("type"))) {
            end.addBuiltInListener(ExecutionListener.EVENTNAME_END, (ExecutionListener) operations::endLeft);
        }
    }

    @Override
    public void parseServiceTask(Element element, ScopeImpl scope, ActivityImpl task) {
        keepTopic(element, task);
        if (EXECUTOR.equals(element.attributeNS(BpmnParse.CAMUNDA_BPMN_EXTENSIONS_NS, "delegateExpression"))) {
            task.addBuiltInListener(ExecutionListener.EVENTNAME_END, (ExecutionListener) operations::taskLeft);
        }
    }

    @Override
    public void parseSendTask(Element element, ScopeImpl scope, ActivityImpl task) {
        keepTopic(element, task);
    }

    @Override
    public void parseBusinessRuleTask(Element element, ScopeImpl scope, ActivityImpl task) {
        keepTopic(element, task);
    }

    @Override
    public void parseIntermediateThrowEvent(Element element, ScopeImpl scope, ActivityImpl event) {
        keepTopicOfMessage(element, event);
    }

    @Override
    public void parseUserTask(Element element, ScopeImpl scope, ActivityImpl task) {
        if (task.getActivityBehavior() instanceof UserTaskActivityBehavior behavior) {
            task.setActivityBehavior(new AskingPerson(behavior.getTaskDecorator()));
        }
        if (isFourEyes(element)) {
            task.setProperty(ProcessWatch.FOUR_EYES, true);
        }
    }

    private static boolean isFourEyes(Element element) {
        var extensions = element.element("extensionElements");
        var properties =
                extensions == null ? null : extensions.elementNS(BpmnParse.CAMUNDA_BPMN_EXTENSIONS_NS, "properties");
        return properties != null
                && properties.elementsNS(BpmnParse.CAMUNDA_BPMN_EXTENSIONS_NS, "property").stream()
                        .filter(property -> FOUR_EYES.equals(property.attribute("name")))
                        .anyMatch(property -> "true".equals(property.attribute("value")));
    }

    private static void keepTopicOfMessage(Element element, ActivityImpl event) {
        var message = element.element("messageEventDefinition");
        if (message != null) {
            keepTopic(message, event);
        }
    }

    private static void keepTopic(Element element, ActivityImpl activity) {
        var topic = element.attributeNS(BpmnParse.CAMUNDA_BPMN_EXTENSIONS_NS, "topic");
        if (topic != null) {
            activity.setProperty(ProcessWatch.TOPIC, topic);
        }
    }
}
