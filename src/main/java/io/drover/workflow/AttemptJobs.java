package io.drover.workflow;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.SuspensionState;
import org.camunda.bpm.engine.impl.persistence.entity.TimerEntity;
import org.springframework.stereotype.Component;

/**
 * The engine's jobs for what happens after a failed attempt: a timer for the next one, or a job without retries, which the
 * engine shows as an incident and whose retry button makes the next attempt.
 */
@Component
class AttemptJobs {
    private final Clock clock;

    AttemptJobs(Clock clock) {
        this.clock = clock;
    }

    /** Which attempt the task is being executed for; 1 unless a job of this kind executes it. */
    int attempt(DelegateExecution execution) {
        return CommandNotes.current().attempt(execution.getId());
    }

    static void announce(DelegateExecution execution, int attempt) {
        CommandNotes.current().attempt(execution.getId(), attempt);
    }

    /** Makes the given attempt after a pause. */
    void schedule(ExecutionEntity execution, int attempt, Duration pause) {
        var job = job(
                execution,
                new AttemptJobHandler.Next(attempt, null),
                Instant.now(clock).plus(pause));
        Context.getCommandContext().getJobManager().schedule(job);
    }

    /** Leads a suspended process on from the action, which has ended, once it is active again. */
    void leadOn(ExecutionEntity execution, int attempt, UUID action) {
        var job = job(execution, new AttemptJobHandler.Next(attempt, action), Instant.now(clock));
        Context.getCommandContext().getJobManager().insertJob(job);
    }

    /** Raises an incident; resolving it makes the given attempt. */
    void incident(ExecutionEntity execution, int attempt, String message) {
        raise(execution, new AttemptJobHandler.Next(attempt, null), message);
    }

    /** Raises an incident; resolving it tries again to lead the process on from the action, which has ended. */
    void incidentAfter(ExecutionEntity execution, int attempt, UUID action, String message) {
        raise(execution, new AttemptJobHandler.Next(attempt, action), message);
    }

    private void raise(ExecutionEntity execution, AttemptJobHandler.Next next, String message) {
        var job = job(execution, next, Instant.now(clock));
        job.setExceptionMessage(message);
        Context.getCommandContext().getJobManager().insertJob(job);
        job.setRetries(0);
    }

    private static TimerEntity job(ExecutionEntity execution, AttemptJobHandler.Next next, Instant due) {
        var job = new TimerEntity();
        job.setExecution(execution);
        job.setProcessDefinitionId(execution.getProcessDefinitionId());
        job.setProcessDefinitionKey(execution.getProcessDefinition().getKey());
        job.setDeploymentId(execution.getProcessDefinition().getDeploymentId());
        job.setActivityId(execution.getActivityId());
        job.setJobHandlerType(AttemptJobHandler.TYPE);
        job.setJobHandlerConfiguration(next);
        job.setDuedate(Date.from(due));
        if (execution.isSuspended()) {
            job.setSuspensionState(SuspensionState.SUSPENDED.getStateCode());
        }
        return job;
    }
}
