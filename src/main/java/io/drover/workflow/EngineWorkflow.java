package io.drover.workflow;

import io.drover.inventory.Vm;
import io.drover.operation.Operation;
import io.drover.operation.OperationProgress;
import io.drover.operation.OperationState;
import io.drover.operation.OperationWorkflow;
import io.drover.problem.ProblemException;
import java.util.Objects;
import java.util.UUID;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Operations as process instances: {@code vm-<verb>}, the operation's id as business key. */
@Component
class EngineWorkflow implements OperationWorkflow {
    private static final String SUSPENDED =
            "Its process is suspended; it goes on from its program's answer when somebody activates it in Cockpit";

    private final RuntimeService runtime;
    private final HeldUp held;
    private final ProcessEngineConfigurationImpl engine;
    private final AttemptJobs jobs;
    private final NewestVersion newest;
    private final ObjectProvider<OperationProgress> progress;

    EngineWorkflow(
            RuntimeService runtime,
            HeldUp held,
            ProcessEngineConfigurationImpl engine,
            AttemptJobs jobs,
            NewestVersion newest,
            ObjectProvider<OperationProgress> progress) {
        this.runtime = runtime;
        this.held = held;
        this.engine = engine;
        this.jobs = jobs;
        this.newest = newest;
        this.progress = progress;
    }

    @Override
    public void start(Operation operation, Vm vm) {
        try {
            OperationStart.of(operation.id(), () -> runtime.createProcessInstanceByKey("vm-" + operation.verb())
                    .businessKey(operation.id().toString())
                    .setVariables(ProcessVariables.of(operation, vm))
                    .execute());
        } catch (ProcessEngineException e) {
            throw ProblemException.conflict(
                    "process-unusable", "Process vm-" + operation.verb() + " cannot be run: " + e.getMessage());
        }
    }

    @Override
    public boolean conclude(UUID operationId, Waiter waiter, Conclusion conclusion) {
        try {
            return goOn(operationId, waiter, conclusion);
        } catch (OptimisticLockingException e) {
            throw e;
        } catch (ProcessEngineException e) {
            throw new StuckException(null, String.valueOf(e.getMessage()), e);
        }
    }

    private boolean goOn(UUID operationId, Waiter waiter, Conclusion conclusion) {
        return inEngine(context -> {
            var execution = waiting(context, waiter);
            if (execution == null) {
                return false;
            }
            if (execution.isSuspended()) {
                hold(operationId, execution, conclusion);
                return true;
            }
            lead(waiter, execution, conclusion);
            return true;
        });
    }

    private static void lead(Waiter waiter, ExecutionEntity execution, Conclusion conclusion) {
        CommandNotes.current().at(ActivityName.of(execution.getActivity()));
        try {
            TaskSignal.to(waiter.activityInstanceId(), () -> execution.signal(null, conclusion));
        } catch (OptimisticLockingException e) {
            throw e;
        } catch (ProcessEngineException | ProblemException | IllegalStateException | IllegalArgumentException e) {
            throw new StuckException(CommandNotes.current().at(), String.valueOf(e.getMessage()), e);
        }
    }

    /** Nothing moves in a suspended process; it is led on from the action once somebody activates it. */
    private void hold(UUID operation, ExecutionEntity execution, Conclusion conclusion) {
        progress.getObject().waiting(operation, WatchedExecutions.visit(execution), SUSPENDED);
        execution.forceUpdate();
        jobs.leadOn(execution, conclusion.attempt(), conclusion.actionId());
    }

    @Override
    public boolean isAlive(Operation operation) {
        var process = operation.processInstanceId();
        return process != null
                && runtime.createProcessInstanceQuery()
                                .processInstanceId(process)
                                .count()
                        > 0;
    }

    @Override
    public void block(UUID operationId, Waiter waiter, UUID action, int attempt, String reason) {
        progress.getObject().failingAgain(operationId, "process-stuck", reason);
        inEngine(context -> {
            var execution = waiting(context, waiter);
            if (execution != null) {
                jobs.incidentAfter(execution, attempt, action, reason);
            }
            return true;
        });
    }

    @Override
    public boolean retry(Operation operation) {
        if (isSuspended(operation)) {
            throw ProblemException.conflict(
                    "process-suspended",
                    "The process of operation " + operation.id() + " is suspended; activate it in Cockpit first");
        }
        if (!held.isHeld(process(operation))) {
            return false;
        }
        inEngine(context -> newest.adopt(context, operation.id(), process(operation)));
        held.release(process(operation));
        return true;
    }

    @Override
    public void cancel(Operation operation, String reason) {
        progress.getObject().ended(operation.id(), OperationState.CANCELLED);
        if (isAlive(operation)) {
            runtime.deleteProcessInstance(operation.processInstanceId(), reason);
        }
    }

    /** The execution, if it still is at the very visit of the task that the action was begun for. */
    private static @Nullable ExecutionEntity waiting(CommandContext context, Waiter waiter) {
        var execution = context.getExecutionManager().findExecutionById(waiter.executionId());
        return execution != null && waiter.activityInstanceId().equals(execution.getActivityInstanceId())
                ? execution
                : null;
    }

    private boolean isSuspended(Operation operation) {
        return runtime.createProcessInstanceQuery()
                        .processInstanceId(process(operation))
                        .suspended()
                        .count()
                > 0;
    }

    private static String process(Operation operation) {
        return Objects.requireNonNull(operation.processInstanceId(), "process instance");
    }

    private boolean inEngine(Command<Boolean> command) {
        return engine.getCommandExecutorTxRequired().execute(command);
    }
}
