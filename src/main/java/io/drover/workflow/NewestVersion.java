package io.drover.workflow;

import io.drover.operation.OperationProgress;
import java.util.Objects;
import java.util.UUID;
import org.camunda.bpm.engine.impl.cmd.SetProcessDefinitionVersionCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.PvmActivity;
import org.camunda.bpm.engine.impl.pvm.PvmScope;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Lets a process that is held up go on in the newest version of its diagram, if all that it is at is there, too. A task whose
 * extension has failed begins anew there: with the inputs and boundary events that it has in that version.
 */
@Component
class NewestVersion {
    private static final String STEP = "drover-newest-version";

    private final ObjectProvider<OperationProgress> progress;

    NewestVersion(ObjectProvider<OperationProgress> progress) {
        this.progress = progress;
    }

    /** Moves the process there; leaves it in its version when it is at something that the newest has not, or has elsewhere. */
    boolean adopt(CommandContext context, UUID operation, String process) {
        var instance = context.getExecutionManager().findExecutionById(process);
        if (instance == null) {
            return false;
        }
        var before = (ProcessDefinitionEntity) instance.getProcessDefinition();
        var newest = Context.getProcessEngineConfiguration()
                .getDeploymentCache()
                .findDeployedLatestProcessDefinitionByKey(before.getKey());
        var executions = context.getExecutionManager().findExecutionsByProcessInstanceId(process);
        if (newest.getId().equals(before.getId())
                || !executions.stream().allMatch(execution -> isAtHomeIn(newest, execution))) {
            return false;
        }
        var held = executions.stream().flatMap(HeldTask::of).toList();
        held.forEach(task -> task.leave(newest));
        new SetProcessDefinitionVersionCmd(process, newest.getVersion()).execute(context);
        held.forEach(task -> task.arrive(newest));
        var note = "Goes on in version " + newest.getVersion() + " of " + newest.getKey() + "; it began in version "
                + before.getVersion();
        progress.getObject().stepDone(operation, STEP, "Newest diagram", note);
        return true;
    }

    private static boolean isAtHomeIn(ProcessDefinitionEntity newest, ExecutionEntity execution) {
        var now = execution.getActivity();
        if (now == null) {
            return true;
        }
        var then = newest.findActivity(now.getId());
        return then != null
                && (isAlike(now, then)
                        || isSameKind(now, then)
                                && HeldTask.of(execution).findAny().isPresent())
                && isInAlikeScopes(now.getFlowScope(), then.getFlowScope());
    }

    private static boolean isInAlikeScopes(ScopeImpl now, PvmScope then) {
        if (now.getFlowScope() == null || then.getFlowScope() == null) {
            return now.getFlowScope() == null && then.getFlowScope() == null;
        }
        return now.getId().equals(then.getId())
                && isAlike((PvmActivity) now, (PvmActivity) then)
                && isInAlikeScopes(now.getFlowScope(), then.getFlowScope());
    }

    private static boolean isAlike(PvmActivity now, PvmActivity then) {
        return now.isScope() == then.isScope() && isSameKind(now, then);
    }

    private static boolean isSameKind(PvmActivity now, PvmActivity then) {
        return Objects.equals(
                now.getActivityBehavior().getClass(), then.getActivityBehavior().getClass());
    }
}
