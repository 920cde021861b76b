package io.drover.workflow;

import io.drover.problem.Names;
import java.util.Optional;
import java.util.UUID;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.jspecify.annotations.Nullable;

/** A process instance's business key is its operation's id. */
final class OperationKey {
    private OperationKey() {}

    /** The most that the engine keeps of a key. */
    private static final int LONGEST = 255;

    /** The key that somebody has given their process, which its operation keeps. */
    static Optional<String> given(@Nullable String key) {
        if (key != null && key.length() > LONGEST) {
            throw new BadUserRequestException(
                    "A business key has at most " + LONGEST + " characters; this one has " + key.length());
        }
        return Optional.ofNullable(key).filter(text -> !text.isBlank());
    }

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
