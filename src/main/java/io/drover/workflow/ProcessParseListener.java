package io.drover.workflow;

import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParse;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.springframework.stereotype.Component;

/** Hooks operations to every diagram named {@code vm-*}. */
@Component
class ProcessParseListener extends AbstractBpmnParseListener {
    private static final String EXECUTOR = "${extensionExecutor}";
    private static final String ERROR_END = "errorEndEvent";

    private final OperationListeners operations;

    ProcessParseListener(OperationListeners operations) {
        this.operations = operations;
    }

    @Override
    public void parseProcess(Element element, ProcessDefinitionEntity process) {
        if (OperationListeners.isOperation(process.getKey())) {
            process.addBuiltInListener(ExecutionListener.EVENTNAME_START, (ExecutionListener) operations::begun, 0);
            process.addBuiltInListener(ExecutionListener.EVENTNAME_END, (ExecutionListener) operations::ended);
            UncaughtError.catchIn(process, operations::failed);
        }
    }

    @Override
    public void parseEndEvent(Element element, ScopeImpl scope, ActivityImpl end) {
        boolean ofProcess =
                scope instanceof ProcessDefinitionEntity process && OperationListeners.isOperation(process.getKey());
        if (ofProcess && !ERROR_END.equals(end.getProperty("type"))) {
            end.addBuiltInListener(ExecutionListener.EVENTNAME_END, (ExecutionListener) operations::endLeft);
        }
    }

    @Override
    public void parseServiceTask(Element element, ScopeImpl scope, ActivityImpl task) {
        if (EXECUTOR.equals(element.attributeNS(BpmnParse.CAMUNDA_BPMN_EXTENSIONS_NS, "delegateExpression"))) {
            task.addBuiltInListener(ExecutionListener.EVENTNAME_END, (ExecutionListener) operations::taskLeft);
        }
    }

    @Override
    public void parseUserTask(Element element, ScopeImpl scope, ActivityImpl task) {
        var process = (ProcessDefinitionEntity) task.getProcessDefinition();
        if (OperationListeners.isOperation(process.getKey())
                && task.getActivityBehavior() instanceof UserTaskActivityBehavior behavior) {
            var definition = behavior.getTaskDefinition();
            definition.addBuiltInTaskListener(TaskListener.EVENTNAME_CREATE, operations::personAsked);
            definition.addBuiltInTaskListener(TaskListener.EVENTNAME_COMPLETE, operations::personAnswered);
            definition.addBuiltInTaskListener(TaskListener.EVENTNAME_DELETE, operations::personAnswered);
        }
    }
}
