package io.drover.workflow;

import io.drover.operation.Actions;
import io.drover.operation.OperationProgress;
import java.util.UUID;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.bpmn.behavior.TaskActivityBehavior;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.jobexecutor.JobHandler;
import org.camunda.bpm.engine.impl.jobexecutor.JobHandlerConfiguration;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Makes the next attempt of a task whose extension has failed, or leads the process on from an action that has ended. */
@Component
class AttemptJobHandler implements JobHandler<AttemptJobHandler.Next> {
    static final String TYPE = "drover-attempt";

    private final ObjectProvider<Actions> actions;
    private final ObjectProvider<OperationProgress> progress;

    AttemptJobHandler(ObjectProvider<Actions> actions, ObjectProvider<OperationProgress> progress) {
        this.actions = actions;
        this.progress = progress;
    }

    /**
     * What the job is to do.
     *
     * @param attempt the attempt to make
     * @param action the action to lead the process on from; null to make the attempt
     */
    record Next(int attempt, @Nullable UUID action) implements JobHandlerConfiguration {

        @Override
        public String toCanonicalString() {
            return action == null ? Integer.toString(attempt) : attempt + " " + action;
        }

        static Next parse(String text) {
            var parts = text.split(" ");
            return new Next(Integer.parseInt(parts[0]), parts.length == 1 ? null : UUID.fromString(parts[1]));
        }
    }

    @Override
    public String getType() {
        return TYPE;
    }

    @Override
    public void execute(Next next, ExecutionEntity execution, CommandContext context, @Nullable String tenant) {
        try {
            if (next.action() != null) {
                progress.getObject().running(OperationKey.of(execution));
                execution.signal(null, actions.getObject().conclusionOf(next.action()));
            } else {
                AttemptJobs.announce(execution, next.attempt());
                ((TaskActivityBehavior) execution.getActivity().getActivityBehavior()).execute(execution);
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ProcessEngineException("Attempt " + next.attempt() + " cannot be made", e);
        }
    }

    @Override
    public Next newConfiguration(String canonical) {
        return Next.parse(canonical);
    }

    @Override
    public void onDelete(Next next, JobEntity job) {}
}
