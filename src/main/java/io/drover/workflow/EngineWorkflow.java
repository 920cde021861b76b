package io.drover.workflow;

import io.drover.extension.wire.Outcome.Cancelled;
import io.drover.inventory.Vm;
import io.drover.operation.Operation;
import io.drover.operation.OperationProgress;
import io.drover.operation.OperationState;
import io.drover.operation.OperationWorkflow;
import io.drover.operation.Operations;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.Objects;
import java.util.UUID;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Operations as process instances: {@code vm-<verb>}, the operation's id as business key. */
@Component
class EngineWorkflow implements OperationWorkflow {
    private final RuntimeService runtime;
    private final ManagementService management;
    private final ProcessEngineConfigurationImpl engine;
    private final AttemptJobs jobs;
    private final ObjectProvider<OperationProgress> progress;
    private final ObjectProvider<Operations> operations;
    private final Clock clock;

    EngineWorkflow(
            RuntimeService runtime,
            ManagementService management,
            ProcessEngineConfigurationImpl engine,
            AttemptJobs jobs,
            ObjectProvider<OperationProgress> progress,
            ObjectProvider<Operations> operations,
            Clock clock) {
        this.runtime = runtime;
        this.management = management;
        this.engine = engine;
        this.jobs = jobs;
        this.progress = progress;
        this.operations = operations;
        this.clock = clock;
    }

    @Override
    public void start(Operation operation, Vm vm) {
        OperationStart.of(operation.id(), () -> runtime.createProcessInstanceByKey("vm-" + operation.verb())
                .businessKey(operation.id().toString())
                .setVariables(ProcessVariables.of(operation.verb(), vm))
                .execute());
    }

    @Override
    public boolean conclude(UUID operationId, String executionId, Conclusion conclusion) {
        if (conclusion.outcome() instanceof Cancelled cancelled) {
            cancel(operations.getObject().get(operationId), cancelled.message());
            return true;
        }
        return inEngine(context -> {
            var execution = context.getExecutionManager().findExecutionById(executionId);
            if (execution == null) {
                return false;
            }
            execution.signal(null, conclusion);
            return true;
        });
    }

    @Override
    public void block(UUID operationId, String executionId, UUID action, int attempt, String reason) {
        progress.getObject().failingAgain(operationId, "process-stuck", reason);
        progress.getObject().waiting(operationId, "Incident: " + reason);
        inEngine(context -> {
            var execution = context.getExecutionManager().findExecutionById(executionId);
            if (execution != null) {
                jobs.incidentAfter(execution, attempt, action, reason);
            }
            return true;
        });
    }

    @Override
    public boolean retry(Operation operation) {
        var attempts = management.createJobQuery().processInstanceId(process(operation)).list().stream()
                .filter(job -> AttemptJobHandler.TYPE.equals(((JobEntity) job).getJobHandlerType()))
                .toList();
        attempts.forEach(job -> {
            management.setJobDuedate(job.getId(), Date.from(Instant.now(clock)));
            if (job.getRetries() == 0) {
                management.setJobRetries(job.getId(), 1);
            }
        });
        return !attempts.isEmpty();
    }

    @Override
    public void cancel(Operation operation, String reason) {
        progress.getObject().ended(operation.id(), OperationState.CANCELLED);
        var process = operation.processInstanceId();
        if (process != null
                && runtime.createProcessInstanceQuery()
                                .processInstanceId(process)
                                .count()
                        > 0) {
            runtime.deleteProcessInstance(process, reason);
        }
    }

    private static String process(Operation operation) {
        return Objects.requireNonNull(operation.processInstanceId(), "process instance");
    }

    private boolean inEngine(Command<Boolean> command) {
        return engine.getCommandExecutorTxRequired().execute(command);
    }
}
