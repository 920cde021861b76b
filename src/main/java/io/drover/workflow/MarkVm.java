package io.drover.workflow;

import io.drover.inventory.PowerState;
import io.drover.inventory.VmState;
import io.drover.operation.Operation;
import io.drover.operation.OperationProgress;
import io.drover.operation.Operations;
import io.drover.operation.VmMarks;
import io.drover.operation.VmMarks.NotSeenException;
import java.util.Arrays;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.Expression;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.annotation.Scope;
import org.springframework.stereotype.Component;

/**
 * "Mark VM ...": records the VM's state; BPMN error {@code not-seen} when nothing that was done or seen supports it. Fields,
 * all optional: {@code state}, a {@link VmState}, and {@code reason}, why it is in that state, in words; {@code power}, a
 * {@link PowerState}.
 */
@Component("markVm")
@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
class MarkVm implements JavaDelegate {
    private static final String NOT_SEEN = "not-seen";

    private final VmMarks marks;
    private final OperationProgress progress;
    private final Operations operations;

    private @Nullable Expression state;
    private @Nullable Expression power;
    private @Nullable Expression reason;

    MarkVm(VmMarks marks, OperationProgress progress, Operations operations) {
        this.marks = marks;
        this.progress = progress;
        this.operations = operations;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var operation = operations.get(OperationKey.of(execution));
        var seen = value(PowerState.class, power, execution);
        var reached = value(VmState.class, state, execution);
        if (reached != null) {
            mark(execution, operation, reached);
        }
        if (seen != null) {
            marks.power(operation, seen);
        }
    }

    private void mark(DelegateExecution execution, Operation operation, VmState reached) {
        try {
            var told = marks.state(operation, reached, why(execution));
            if (told != null) {
                progress.stepDone(operation.id(), execution.getCurrentActivityId(), ActivityName.of(execution), told);
            }
        } catch (NotSeenException e) {
            var why = String.valueOf(e.getMessage());
            var name = ActivityName.of(execution);
            progress.stepFailed(operation.id(), execution.getCurrentActivityId(), name, why);
            progress.failing(operation.id(), NOT_SEEN, why);
            throw new BpmnError(NOT_SEEN, why);
        }
    }

    private @Nullable String why(DelegateExecution execution) {
        var text = text(reason, execution);
        return text.isEmpty() ? null : text;
    }

    private static String text(@Nullable Expression field, DelegateExecution execution) {
        var value = field == null ? null : field.getValue(execution);
        return value == null ? "" : value.toString().strip();
    }

    private static <E extends Enum<E>> @Nullable E value(
            Class<E> type, @Nullable Expression field, DelegateExecution execution) {
        var text = text(field, execution);
        if (text.isEmpty()) {
            return null;
        }
        try {
            return Enum.valueOf(type, text);
        } catch (IllegalArgumentException e) {
            throw new ProcessEngineException(
                    "Task " + execution.getCurrentActivityId() + ": '" + text + "' is none of "
                            + Arrays.toString(type.getEnumConstants()),
                    e);
        }
    }
}
