package io.drover.workflow;

import java.util.stream.Stream;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;

/**
 * A task of an extension's that a process is held up at, on its way to another version of the diagram. One whose extension has
 * failed begins anew there, with the inputs and boundary events that it has there; one whose extension is done is only left.
 */
final class HeldTask {
    private final String activity;
    private final JobEntity job;
    private final AttemptJobHandler.Next next;
    private ExecutionEntity execution;
    private boolean scoped;

    private HeldTask(ExecutionEntity execution, JobEntity job) {
        this.execution = execution;
        this.activity = execution.getActivityId();
        this.job = job;
        this.next = AttemptJobHandler.Next.parse(job.getJobHandlerConfigurationRaw());
        this.scoped = execution.getActivity().isScope() && !next.anew();
    }

    /** The tasks that the execution is at and held up; none or one. */
    static Stream<HeldTask> of(ExecutionEntity execution) {
        return execution.getJobs().stream()
                .filter(job -> AttemptJobHandler.TYPE.equals(job.getJobHandlerType()))
                .map(job -> new HeldTask(execution, job));
    }

    /** Before the process changes its version. */
    void leave(ProcessDefinitionEntity newest) {
        boolean fails = next.action() == null;
        var then = newest.findActivity(activity);
        if (scoped && (fails || !then.isScope())) {
            execution = TaskScope.close(execution, job);
            scoped = false;
        }
        if (fails) {
            job.setJobHandlerConfiguration(next.begunAnew());
        }
    }

    /** When the process has changed its version. */
    void arrive(ProcessDefinitionEntity newest) {
        var now = newest.findActivity(activity);
        execution.setActivity(now);
        if (next.action() != null && now.isScope() && !scoped) {
            var scope = TaskScope.open(execution);
            TaskScope.move(job, execution, scope);
            execution = scope;
        }
    }
}
