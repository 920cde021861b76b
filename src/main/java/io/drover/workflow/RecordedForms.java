package io.drover.workflow;

import java.util.Map;
import java.util.function.Supplier;
import org.camunda.bpm.engine.impl.FormServiceImpl;
import org.camunda.bpm.engine.variable.VariableMap;
import org.jspecify.annotations.Nullable;

/** The engine's forms, of which what somebody answers is noted for the record, whichever door it came by. */
final class RecordedForms extends FormServiceImpl {

    @Override
    public void submitTaskForm(String task, Map<String, Object> values) {
        noting(task, values, () -> {
            super.submitTaskForm(task, values);
            return null;
        });
    }

    @Override
    public VariableMap submitTaskFormWithVariablesInReturn(
            String task, Map<String, Object> values, boolean deserialize) {
        return noting(task, values, () -> super.submitTaskFormWithVariablesInReturn(task, values, deserialize));
    }

    private <T extends @Nullable Object> T noting(String task, Map<String, Object> values, Supplier<T> answer) {
        return commandExecutor.execute(context -> {
            CommandNotes.current().answer(task, values);
            return answer.get();
        });
    }
}
