package io.drover.workflow;

import io.drover.operation.OperationProgress;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Remembers as the reason for an operation's failure what took its process off its way: errors that its diagram catches,
 * whoever raised them, and timers, messages, signals and the like that cut something off. When it ends well nonetheless, that is
 * forgotten.
 */
@Component
class Catches {
    private final ObjectProvider<OperationProgress> progress;

    Catches(ObjectProvider<OperationProgress> progress) {
        this.progress = progress;
    }

    /** A BPMN error is caught. */
    void error(DelegateExecution execution, @Nullable String code, @Nullable String message) {
        var known = code == null || code.isBlank() ? "process-failed" : code;
        boolean wordless = message == null || message.isBlank();
        OperationKey.outermost((ExecutionEntity) execution).ifPresent(operation -> {
            if (wordless || !progress.getObject().isTold(operation, String.valueOf(message))) {
                var words = wordless ? "the error '" + known + "' came up" : message;
                progress.getObject().caught(operation, known, source(execution) + words);
            }
        });
    }

    /** What is named so has cut off what it is attached to. */
    void cutOff(DelegateExecution execution, String kind) {
        var at = source(execution);
        OperationKey.outermost((ExecutionEntity) execution).ifPresent(operation -> progress.getObject()
                .caught(operation, "cut-off", at + kind + " '" + ActivityName.of(execution) + "'"));
    }

    /** What the event is attached to; nothing when that is a whole process. */
    private static String source(DelegateExecution execution) {
        var scope = ((ActivityImpl) ((ExecutionEntity) execution).getActivity()).getEventScope();
        return scope instanceof ActivityImpl activity ? ActivityName.of(activity) + ": " : "";
    }
}
