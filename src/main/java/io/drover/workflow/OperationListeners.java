package io.drover.workflow;

import io.drover.access.Actor;
import io.drover.access.CurrentActor;
import io.drover.access.RoleType;
import io.drover.extension.manifest.ActionDefinition;
import io.drover.operation.OperationProgress;
import io.drover.operation.OperationState;
import io.drover.problem.ProblemException;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.pvm.delegate.ActivityExecution;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/** Keeps operations in step with their processes, however those are started, ended or held up. */
@Component
class OperationListeners {
    private static final String PREFIX = "vm-";

    private final ObjectProvider<OperationProgress> progress;
    private final CustomActionAdoption customActions;
    private final CurrentActor currentActor;

    OperationListeners(
            ObjectProvider<OperationProgress> progress, CustomActionAdoption customActions, CurrentActor currentActor) {
        this.progress = progress;
        this.customActions = customActions;
        this.currentActor = currentActor;
    }

    static boolean isOperation(String processKey) {
        return processKey.startsWith(PREFIX);
    }

    /** The process begins: for an operation, or by hand, and then it becomes one after the same checks. */
    void begun(DelegateExecution execution) {
        if (OperationStart.isOf(execution.getProcessBusinessKey())) {
            ProcessVariables.claim(execution);
        } else {
            adopt((ExecutionEntity) execution);
        }
        progress.getObject().begun(OperationKey.of(execution), execution.getProcessInstanceId());
    }

    /** An end that is no error is left: it has been reached, unless what it does was cut off. */
    void endLeft(DelegateExecution execution) {
        if (((ExecutionEntity) execution).isEnded()) {
            ProcessVariables.set(((ExecutionEntity) execution).getProcessInstance(), ProcessVariables.GOAL, true);
        }
    }

    /** The process is at its end because of an error that its diagram does not catch; all else of it has been ended. */
    void failed(ActivityExecution execution, @Nullable String code, @Nullable String message) {
        var operation = OperationKey.of(execution);
        CommandNotes.current().failed(execution.getProcessInstanceId());
        var known = code == null || code.isBlank() ? "process-failed" : code;
        if (message == null || message.isBlank()) {
            progress.getObject().failingOtherwise(operation, known, "Its process ended by the error '" + known + "'");
        } else if (!progress.getObject().isTold(operation, message)) {
            progress.getObject().failing(operation, known, message);
        }
        progress.getObject().ended(operation, OperationState.FAILED);
    }

    /** The process has ended, or was removed. */
    void ended(DelegateExecution execution) {
        var operation = OperationKey.of(execution);
        if (execution.isCanceled()) {
            var reason = ((ExecutionEntity) execution).getDeleteReason();
            progress.getObject().failing(operation, "cancelled", reason == null ? "Its process was deleted" : reason);
            progress.getObject().ended(operation, OperationState.CANCELLED);
            return;
        }
        boolean goal = isAtGoal(execution) && !CommandNotes.current().hasFailed(execution.getProcessInstanceId());
        progress.getObject().ended(operation, goal ? OperationState.SUCCEEDED : OperationState.FAILED);
    }

    /** A task that calls an extension is left; unless its action has ended, nobody waits for that any more. */
    void taskLeft(DelegateExecution execution) {
        var activityInstance = execution.getActivityInstanceId();
        if (!TaskSignal.isTo(activityInstance)) {
            var operation = OperationKey.of(execution);
            progress.getObject().goesOn(operation, activityInstance);
            progress.getObject().interrupted(operation, activityInstance);
        }
    }

    /** A transient variable is not Drover's: nothing guards it. */
    private static boolean isAtGoal(DelegateExecution process) {
        var mark = process.<TypedValue>getVariableLocalTyped(ProcessVariables.GOAL);
        return mark != null && !mark.isTransient() && Boolean.TRUE.equals(mark.getValue());
    }

    /** A Worker has only gone on with what others began: what follows is asked by the process itself. */
    private Actor asking() {
        return currentActor
                .get()
                .filter(actor -> actor.role() != RoleType.WORKER)
                .orElse(Actor.SYSTEM);
    }

    private void adopt(ExecutionEntity execution) {
        var key = execution.getProcessDefinition().getKey();
        var vm = execution.getVariable(ProcessVariables.VM);
        if (!(vm instanceof String reference)) {
            throw new BadUserRequestException(
                    "Process " + key + " needs the variable 'vm', the name or id of a VM, as a String; it is " + vm);
        }
        try {
            var verb = key.substring(PREFIX.length());
            var actor = asking();
            var adoption = verb.equals(ActionDefinition.VERB)
                    ? customActions.of(execution, reference, actor)
                    : progress.getObject().adopt(verb, reference, actor);
            OperationKey.given(execution.getBusinessKey()).ifPresent(given -> progress.getObject()
                    .keyed(adoption.operation().id(), given));
            execution.setBusinessKey(adoption.operation().id().toString());
            ProcessVariables.of(adoption.operation(), adoption.vm())
                    .forEach((name, value) -> ProcessVariables.set(execution, name, value));
        } catch (ProblemException e) {
            throw new BadUserRequestException(e.getMessage(), e);
        } catch (DuplicateKeyException e) {
            throw new BadUserRequestException("VM '" + reference + "' is busy with another operation", e);
        }
    }
}
