package io.drover.workflow;

import org.camunda.bpm.engine.impl.bpmn.helper.BpmnExceptionHandler;
import org.camunda.bpm.engine.impl.bpmn.helper.BpmnProperties;
import org.camunda.bpm.engine.impl.bpmn.helper.ErrorDeclarationForProcessInstanceFinder;
import org.camunda.bpm.engine.impl.bpmn.parser.ErrorEventDefinition;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.PvmActivity;
import org.camunda.bpm.engine.impl.pvm.delegate.ActivityBehavior;
import org.camunda.bpm.engine.impl.pvm.delegate.ActivityExecution;
import org.camunda.bpm.engine.impl.pvm.process.ActivityStartBehavior;
import org.camunda.bpm.engine.impl.pvm.runtime.PvmExecutionImpl;
import org.camunda.bpm.engine.impl.tree.ActivityExecutionHierarchyWalker;
import org.jspecify.annotations.Nullable;

/**
 * What catches the BPMN errors of an operation's process that its diagram does not: they end the whole process, every branch and
 * scope of it, and the operation fails. The engine by itself would end the scope of the error as if it were done.
 */
final class UncaughtError implements ActivityBehavior {
    private static final String ID = "drover-uncaught-error";
    private static final String CODE = "droverErrorCode";
    private static final String MESSAGE = "droverErrorMessage";

    private final Failure failure;

    private UncaughtError(Failure failure) {
        this.failure = failure;
    }

    /** Is told of the process that fails, and with which error. */
    interface Failure {
        void of(ActivityExecution process, @Nullable String code, @Nullable String message);
    }

    static boolean is(PvmActivity activity) {
        return activity.getActivityBehavior() instanceof UncaughtError;
    }

    /** Adds it to a process whose own ways of catching errors are all known, so that it comes last. */
    static void catchIn(ProcessDefinitionEntity process, Failure failure) {
        var activity = process.createActivity(ID);
        activity.setName("Error that nobody catches");
        activity.setProperty("type", "errorEndEvent");
        activity.setEventScope(process);
        activity.setActivityStartBehavior(ActivityStartBehavior.INTERRUPT_EVENT_SCOPE);
        activity.setActivityBehavior(new UncaughtError(failure));
        var definition = new ErrorEventDefinition(ID);
        definition.setPrecedence(Integer.MAX_VALUE);
        definition.setErrorCodeVariable(CODE);
        definition.setErrorMessageVariable(MESSAGE);
        process.getProperties().addListItem(BpmnProperties.ERROR_EVENT_DEFINITIONS, definition);
    }

    @Override
    public void execute(ActivityExecution execution) throws Exception {
        var code = (String) execution.getVariable(CODE);
        var message = (String) execution.getVariable(MESSAGE);
        failure.of(execution, code, message);
        var caller = ((PvmExecutionImpl) execution).getSuperExecution();
        if (caller != null && isCaught(caller, code)) {
            BpmnExceptionHandler.propagateError(code, message, null, caller);
        } else {
            execution.end(true);
        }
    }

    /** Whether a process that has called this one catches the error. */
    private static boolean isCaught(PvmExecutionImpl caller, @Nullable String code) {
        var finder = new ErrorDeclarationForProcessInstanceFinder(null, code, caller.getActivity());
        var walker = new ActivityExecutionHierarchyWalker(caller);
        walker.addScopePreVisitor(finder);
        walker.walkUntil(step -> finder.getErrorEventDefinition() != null || step == null);
        return finder.getErrorEventDefinition() != null;
    }
}
