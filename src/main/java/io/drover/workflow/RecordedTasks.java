package io.drover.workflow;

import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.engine.impl.TaskServiceImpl;
import org.camunda.bpm.engine.variable.VariableMap;
import org.jspecify.annotations.Nullable;

/** The engine's tasks, of which what somebody answers is noted for the record, whichever door it came by. */
final class RecordedTasks extends TaskServiceImpl {
    private static final String ERROR = "bpmnError";
    private static final String ESCALATION = "bpmnEscalation";

    private final Persons persons;

    RecordedTasks(Persons persons) {
        this.persons = persons;
    }

    @Override
    public void complete(String task) {
        complete(task, null);
    }

    @Override
    @SuppressWarnings("NullAway") // the engine takes null for no variables
    public void complete(String task, @Nullable Map<String, Object> variables) {
        CommandNotes.answering(commandExecutor, task, variables, () -> {
            super.complete(task, variables);
            return null;
        });
    }

    @Override
    public VariableMap completeWithVariablesInReturn(
            String task, @Nullable Map<String, Object> variables, boolean deserialize) {
        return CommandNotes.answering(
                commandExecutor,
                task,
                variables,
                () -> super.completeWithVariablesInReturn(task, variables, deserialize));
    }

    @Override
    public void resolveTask(String task) {
        resolveTask(task, null);
    }

    /** Whoever may not answer a task does not set what its answer is made of either. */
    @Override
    @SuppressWarnings("NullAway")
    public void resolveTask(String task, @Nullable Map<String, Object> variables) {
        commandExecutor.execute(context -> {
            persons.checkFourEyes(task);
            super.resolveTask(task, variables);
            return null;
        });
    }

    @Override
    @SuppressWarnings("NullAway")
    public void handleBpmnError(
            String task, String code, @Nullable String message, @Nullable Map<String, Object> variables) {
        CommandNotes.answering(commandExecutor, task, with(variables, ERROR, code), () -> {
            persons.checkFourEyes(task);
            super.handleBpmnError(task, code, message, variables);
            return null;
        });
    }

    @Override
    @SuppressWarnings("NullAway")
    public void handleEscalation(String task, String code, @Nullable Map<String, Object> variables) {
        CommandNotes.answering(commandExecutor, task, with(variables, ESCALATION, code), () -> {
            persons.checkFourEyes(task);
            super.handleEscalation(task, code, variables);
            return null;
        });
    }

    private static Map<String, Object> with(@Nullable Map<String, Object> variables, String name, String value) {
        Map<String, Object> all = new HashMap<>();
        if (variables != null) {
            all.putAll(variables);
        }
        all.put(name, value);
        return all;
    }
}
