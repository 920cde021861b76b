package io.drover.workflow;

import java.util.Map;
import org.camunda.bpm.engine.impl.FormServiceImpl;
import org.camunda.bpm.engine.variable.VariableMap;

/** The engine's forms, of which what somebody answers is noted for the record, whichever door it came by. */
final class RecordedForms extends FormServiceImpl {

    @Override
    public void submitTaskForm(String task, Map<String, Object> values) {
        CommandNotes.answering(commandExecutor, task, values, () -> {
            super.submitTaskForm(task, values);
            return null;
        });
    }

    @Override
    public VariableMap submitTaskFormWithVariablesInReturn(
            String task, Map<String, Object> values, boolean deserialize) {
        return CommandNotes.answering(
                commandExecutor,
                task,
                values,
                () -> super.submitTaskFormWithVariablesInReturn(task, values, deserialize));
    }
}
