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
     * @param anew whether the task begins anew with it, with inputs and boundary events
     */
    record Next(int attempt, @Nullable UUID action, boolean anew) implements JobHandlerConfiguration {
        private static final String ANEW = "anew";

        Next(int attempt, @Nullable UUID action) {
            this(attempt, action, false);
        }

        Next begunAnew() {
            return new Next(attempt, action, true);
        }

        @Override
        public String toCanonicalString() {
            var what = action == null ? "" : " " + action;
            return attempt + (anew ? " " + ANEW : what);
        }

        static Next parse(String text) {
            var parts = text.split(" ");
            boolean anew = parts.length > 1 && parts[1].equals(ANEW);
            return new Next(
                    Integer.parseInt(parts[0]), parts.length == 1 || anew ? null : UUID.fromString(parts[1]), anew);
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
                attempt(next.anew() ? TaskScope.begin(execution) : execution, next.attempt());
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ProcessEngineException("Attempt " + next.attempt() + " cannot be made", e);
        }
    }

    private static void attempt(ExecutionEntity execution, int attempt) throws Exception {
        AttemptJobs.announce(execution, attempt);
        ((TaskActivityBehavior) execution.getActivity().getActivityBehavior()).execute(execution);
    }

    @Override
    public Next newConfiguration(String canonical) {
        return Next.parse(canonical);
    }

    @Override
    public void onDelete(Next next, JobEntity job) {}
}
