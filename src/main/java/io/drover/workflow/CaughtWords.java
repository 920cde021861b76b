package io.drover.workflow;

import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.ErrorEventDefinition;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.jspecify.annotations.Nullable;

/**
 * Where the code and the words of an error are while it is handed to what catches it. The engine puts them into variables of the
 * diagram's choice; where it chose none, into Drover's, which are gone before anybody sees them. Nobody can know the names of
 * those, so that what somebody sets beside an error is still seen, and refused.
 */
record CaughtWords(String code, String message) {
    private static final String CODE = "droverErrorCode-" + UUID.randomUUID();
    private static final String MESSAGE = "droverErrorMessage-" + UUID.randomUUID();

    static CaughtWords of(ErrorEventDefinition definition) {
        if (definition.getErrorCodeVariable() == null) {
            definition.setErrorCodeVariable(CODE);
        }
        if (definition.getErrorMessageVariable() == null) {
            definition.setErrorMessageVariable(MESSAGE);
        }
        return new CaughtWords(definition.getErrorCodeVariable(), definition.getErrorMessageVariable());
    }

    void readAt(ActivityImpl handler, Catches catches) {
        ProcessWatch.on(
                ExecutionListener.EVENTNAME_START,
                handler,
                execution ->
                        catches.error(execution, taken(execution, code, CODE), taken(execution, message, MESSAGE)));
    }

    private static @Nullable String taken(DelegateExecution execution, String variable, String own) {
        var value = execution.getVariable(variable);
        if (variable.equals(own)) {
            execution.removeVariable(variable);
        }
        return value == null ? null : String.valueOf(value);
    }
}
