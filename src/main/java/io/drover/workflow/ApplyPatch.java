package io.drover.workflow;

import io.drover.inventory.PatchRefusedException;
import io.drover.operation.Answers;
import io.drover.operation.OperationProgress;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** "Apply patch": takes over what prepare answered, whole or not at all; BPMN error {@code patch-refused}. */
@Component("applyPatch")
class ApplyPatch implements JavaDelegate {
    private static final String REFUSED = "patch-refused";

    private final Answers answers;
    private final OperationProgress progress;

    ApplyPatch(Answers answers, OperationProgress progress) {
        this.answers = answers;
        this.progress = progress;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var operation = OperationKey.of(execution);
        var activity = execution.getCurrentActivityId();
        var name = ActivityName.of(execution);
        try {
            progress.stepDone(operation, activity, name, answers.applyPatch(operation));
        } catch (PatchRefusedException e) {
            var message = String.valueOf(e.getMessage());
            progress.stepFailed(operation, activity, name, message);
            progress.failing(operation, REFUSED, name + ": " + message);
            throw new BpmnError(REFUSED, message);
        }
    }
}
