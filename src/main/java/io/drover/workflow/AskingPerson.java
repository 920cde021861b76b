package io.drover.workflow;

import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.pvm.delegate.ActivityExecution;
import org.camunda.bpm.engine.impl.task.TaskDecorator;
import org.jspecify.annotations.Nullable;

/** A user task that is left by an answer alone: the engine would let a bare signal pass it by. */
final class AskingPerson extends UserTaskActivityBehavior {

    AskingPerson(TaskDecorator decorator) {
        super(decorator);
    }

    @Override
    @SuppressWarnings("NullAway") // the engine itself gives null
    public void signal(ActivityExecution execution, @Nullable String name, @Nullable Object data) throws Exception {
        boolean answered = ((ExecutionEntity) execution).getTasks().isEmpty();
        if (!answered) {
            throw new BadUserRequestException(
                    "'" + ActivityName.of(execution) + "' is a task for a person: it is not signalled, but answered");
        }
        super.signal(execution, name, data);
    }
}
