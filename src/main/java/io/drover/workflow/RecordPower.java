package io.drover.workflow;

import io.drover.operation.Answers;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** "Record power state": what the status call before it has answered. */
@Component("recordPower")
class RecordPower implements JavaDelegate {
    private final Answers answers;

    RecordPower(Answers answers) {
        this.answers = answers;
    }

    @Override
    public void execute(DelegateExecution execution) {
        answers.recordPower(OperationKey.of(execution));
    }
}
