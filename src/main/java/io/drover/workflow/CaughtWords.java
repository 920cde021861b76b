package io.drover.workflow;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.ErrorEventDefinition;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.jspecify.annotations.Nullable;

/**
 * Where the code and the words of an error are while it is handed to what catches it. The engine puts them into variables of the
 * diagram's choice; where it chose none, into Drover's, which are gone before anybody sees them.
 */
record CaughtWords(String code, String message) {

    static CaughtWords of(ErrorEventDefinition definition) {
        if (definition.getErrorCodeVariable() == null) {
            definition.setErrorCodeVariable(UncaughtError.CODE);
        }
        if (definition.getErrorMessageVariable() == null) {
            definition.setErrorMessageVariable(UncaughtError.MESSAGE);
        }
        return new CaughtWords(definition.getErrorCodeVariable(), definition.getErrorMessageVariable());
    }

    void readAt(ActivityImpl handler, Catches catches) {
        ProcessWatch.on(
                ExecutionListener.EVENTNAME_START,
                handler,
                execution -> catches.error(
                        execution,
                        taken(execution, code, UncaughtError.CODE),
                        taken(execution, message, UncaughtError.MESSAGE)));
    }

    private static @Nullable String taken(DelegateExecution execution, String variable, String own) {
        var value = execution.getVariable(variable);
        if (variable.equals(own)) {
            execution.removeVariable(variable);
        }
        return value == null ? null : String.valueOf(value);
    }
}
