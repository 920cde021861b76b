package io.drover.workflow;

import io.drover.operation.OperationProgress;
import java.util.List;
import org.camunda.bpm.engine.impl.ProcessInstanceQueryImpl;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionManager;
import org.camunda.bpm.engine.impl.persistence.entity.SuspensionState;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/** Tells operations that their processes are suspended or active again, whichever way that is asked for. */
final class WatchedExecutions extends ExecutionManager {
    private static final String WORDS = "Its process is suspended; it goes on when somebody activates it in Cockpit";

    private final ObjectProvider<OperationProgress> progress;

    private WatchedExecutions(ObjectProvider<OperationProgress> progress) {
        this.progress = progress;
    }

    @Override
    public void updateExecutionSuspensionStateByProcessInstanceId(String id, SuspensionState state) {
        super.updateExecutionSuspensionStateByProcessInstanceId(id, state);
        tell(findExecutionById(id), state);
    }

    @Override
    public void updateExecutionSuspensionStateByProcessDefinitionId(String id, SuspensionState state) {
        super.updateExecutionSuspensionStateByProcessDefinitionId(id, state);
        instances(query -> query.processDefinitionId(id)).forEach(process -> tell((ExecutionEntity) process, state));
    }

    @Override
    public void updateExecutionSuspensionStateByProcessDefinitionKey(String key, SuspensionState state) {
        super.updateExecutionSuspensionStateByProcessDefinitionKey(key, state);
        instances(query -> query.processDefinitionKey(key)).forEach(process -> tell((ExecutionEntity) process, state));
    }

    @Override
    public void updateExecutionSuspensionStateByProcessDefinitionKeyAndTenantId(
            String key, String tenant, SuspensionState state) {
        super.updateExecutionSuspensionStateByProcessDefinitionKeyAndTenantId(key, tenant, state);
        instances(query -> query.processDefinitionKey(key)).forEach(process -> tell((ExecutionEntity) process, state));
    }

    private interface Choice {
        void of(ProcessInstanceQueryImpl query);
    }

    private static List<ProcessInstance> instances(Choice choice) {
        var query = (ProcessInstanceQueryImpl)
                Context.getProcessEngineConfiguration().getRuntimeService().createProcessInstanceQuery();
        choice.of(query);
        return query.list();
    }

    /** What the operation waits for while this process, its own or one that is called, is suspended. */
    static String visit(ExecutionEntity execution) {
        return "suspended " + execution.getProcessInstanceId();
    }

    private void tell(@Nullable ExecutionEntity process, SuspensionState state) {
        if (process == null) {
            return;
        }
        OperationKey.outermost(process).ifPresent(operation -> {
            if (state == SuspensionState.SUSPENDED) {
                progress.getObject().waiting(operation, visit(process), WORDS);
            } else {
                progress.getObject().goesOn(operation, visit(process));
            }
        });
    }

    /** Stands in for the engine's own. */
    record Factory(ObjectProvider<OperationProgress> progress) implements SessionFactory {
        @Override
        public Class<?> getSessionType() {
            return ExecutionManager.class;
        }

        @Override
        public Session openSession() {
            return new WatchedExecutions(progress);
        }
    }
}
