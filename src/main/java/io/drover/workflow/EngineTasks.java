package io.drover.workflow;

import io.drover.task.FormField;
import io.drover.task.TaskWorkflow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.form.FormFieldValidationConstraint;
import org.camunda.bpm.engine.form.FormProperty;
import org.camunda.bpm.engine.form.FormType;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tasks for people as the engine's user tasks. */
@Component
class EngineTasks implements TaskWorkflow {
    private static final List<String> LIMITS = List.of("min", "max", "minlength", "maxlength");

    private final TaskService tasks;
    private final FormService forms;
    private final ProcessEngineConfigurationImpl engine;

    EngineTasks(TaskService tasks, FormService forms, ProcessEngineConfigurationImpl engine) {
        this.tasks = tasks;
        this.forms = forms;
        this.engine = engine;
    }

    @Override
    @SuppressWarnings("deprecation") // diagrams may have camunda:formProperty
    public List<FormField> form(String task) {
        var data = forms.getTaskFormData(task);
        List<FormField> fields = new ArrayList<>();
        data.getFormFields().forEach(field -> fields.add(field(field)));
        data.getFormProperties().forEach(property -> fields.add(field(property)));
        return fields;
    }

    @Override
    public void assign(String task, @Nullable String account) {
        if (account == null) {
            tasks.setAssignee(task, null);
        } else {
            tasks.claim(task, account);
        }
    }

    @Override
    public void answer(String task, Map<String, Object> values, @Nullable String comment, boolean form) {
        engine.getCommandExecutorTxRequired().execute(context -> {
            CommandNotes.current().comment(task, comment);
            if (form) {
                forms.submitTaskForm(task, values);
            } else {
                tasks.complete(task, values);
            }
            return null;
        });
    }

    private static FormField field(org.camunda.bpm.engine.form.FormField field) {
        Map<String, String> constraints = new LinkedHashMap<>();
        for (FormFieldValidationConstraint one : field.getValidationConstraints()) {
            constraints.put(one.getName(), String.valueOf(one.getConfiguration()));
        }
        var value = field.getValue() == null ? null : field.getValue().getValue();
        Map<String, String> limits = new LinkedHashMap<>(constraints);
        limits.keySet().retainAll(LIMITS);
        return new FormField(
                field.getId(),
                field.getLabel(),
                field.getTypeName(),
                isOn(constraints, "required"),
                isOn(constraints, "readonly"),
                values(field.getType()),
                limits.isEmpty() ? null : limits,
                value == null ? null : String.valueOf(value));
    }

    @SuppressWarnings("deprecation")
    private static FormField field(FormProperty property) {
        var type = property.getType();
        return new FormField(
                property.getId(),
                property.getName(),
                type == null ? "string" : type.getName(),
                property.isRequired(),
                !property.isWritable(),
                values(type),
                null,
                property.getValue());
    }

    /** A constraint holds when it is there, unless it is switched off. */
    private static boolean isOn(Map<String, String> constraints, String name) {
        return constraints.containsKey(name) && !"false".equals(constraints.get(name));
    }

    private static @Nullable List<String> values(@Nullable FormType type) {
        return type != null && type.getInformation("values") instanceof Map<?, ?> values
                ? values.keySet().stream().map(String::valueOf).toList()
                : null;
    }
}
