package io.drover.workflow;

import io.drover.problem.Names;
import java.util.Optional;
import java.util.UUID;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;

/** A process instance's business key is its operation's id. */
final class OperationKey {
    private OperationKey() {}

    static UUID of(DelegateExecution execution) {
        var key = execution.getProcessBusinessKey();
        if (key == null || !Names.isId(key)) {
            throw new ProcessEngineException("The process of task " + execution.getCurrentActivityId()
                    + " is no operation; only processes named vm-<verb> are");
        }
        return UUID.fromString(key);
    }

    /** The operation that the process belongs to, by whatever chain of calls; none when it belongs to none. */
    static Optional<UUID> outermost(ExecutionEntity execution) {
        var process = execution.getProcessInstance();
        while (process.getSuperExecution() != null) {
            process = process.getSuperExecution().getProcessInstance();
        }
        var key = process.getBusinessKey();
        boolean is = key != null
                && Names.isId(key)
                && OperationListeners.isOperation(process.getProcessDefinition().getKey());
        return is ? Optional.of(UUID.fromString(key)) : Optional.empty();
    }
}
