package io.drover.workflow;

import io.drover.problem.Names;
import java.util.UUID;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.delegate.DelegateExecution;

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
}
