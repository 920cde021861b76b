package io.drover.workflow;

import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;

/**
 * The scope of a task: an execution of its own, below the one that the process is at, of a task that has inputs or boundary
 * events. A version of the diagram that gives a task its first, or takes the last away, changes whether there is one.
 */
final class TaskScope {
    private TaskScope() {}

    /** Ends the scope of the task with its variables, timers and subscriptions; its parent is at the task then, with the job. */
    static ExecutionEntity close(ExecutionEntity scope, JobEntity job) {
        var parent = scope.getParent();
        var visit = scope.getActivityInstanceId();
        move(job, scope, parent);
        var activity = scope.getActivity();
        scope.destroy();
        scope.remove();
        parent.setActivity(activity);
        parent.setActivityInstanceId(visit);
        parent.setActive(true);
        return parent;
    }

    /** Gives the task that the execution is at a scope, if it is one that has any; what is to be there is not made. */
    static ExecutionEntity open(ExecutionEntity execution) {
        var activity = execution.getActivity();
        if (!activity.isScope()) {
            return execution;
        }
        var visit = execution.getActivityInstanceId();
        var scope = execution.createExecution();
        scope.setActivity(activity);
        scope.setActivityInstanceId(visit);
        execution.setActivityInstanceId(execution.getParentActivityInstanceId());
        execution.setActivity(null);
        execution.setActive(false);
        return scope;
    }

    /** Opens the scope and makes what belongs there: inputs, timers, subscriptions. */
    static ExecutionEntity begin(ExecutionEntity execution) {
        var scope = open(execution);
        if (scope.getActivity().isScope()) {
            scope.initialize();
            scope.initializeTimerDeclarations();
            scope.executeIoMapping();
        }
        return scope;
    }

    static void move(JobEntity job, ExecutionEntity from, ExecutionEntity to) {
        from.removeJob(job);
        job.setExecution(to);
    }
}
