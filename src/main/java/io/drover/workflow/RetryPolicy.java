package io.drover.workflow;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaFailedJobRetryTimeCycle;

/**
 * How often a task is attempted, e.g. {@code R3/PT10S}: its field {@code retry}, which Modeler shows in the form, or
 * {@code camunda:failedJobRetryTimeCycle}; one attempt without either.
 *
 * @param attempts in all, the first included
 * @param pause between two of them
 */
record RetryPolicy(int attempts, Duration pause) {
    private static final Pattern CYCLE = Pattern.compile("R(\\d{1,4})/(P.+)");

    static RetryPolicy of(ExecutionEntity execution, String field) {
        if (!field.isBlank()) {
            return parse(field, execution.getActivityId());
        }
        var element = execution.getBpmnModelElementInstance();
        var extensions = element == null ? null : element.getExtensionElements();
        if (extensions == null) {
            return new RetryPolicy(1, Duration.ZERO);
        }
        return extensions.getElementsQuery().filterByType(CamundaFailedJobRetryTimeCycle.class).list().stream()
                .findFirst()
                .map(cycle -> parse(cycle.getTextContent(), element.getId()))
                .orElse(new RetryPolicy(1, Duration.ZERO));
    }

    /** The policy where the program itself asks to be asked again: three attempts where the task wants a single one. */
    RetryPolicy asked() {
        return attempts > 1 ? this : new RetryPolicy(3, Duration.ofSeconds(5));
    }

    static RetryPolicy parse(String cycle, String task) {
        var matcher = CYCLE.matcher(cycle.strip());
        if (!matcher.matches()) {
            throw refusal(cycle, task, null);
        }
        try {
            var pause = Duration.parse(matcher.group(2));
            if (pause.isNegative()) {
                throw refusal(cycle, task, null);
            }
            return new RetryPolicy(Math.max(1, Integer.parseInt(matcher.group(1))), pause);
        } catch (DateTimeParseException e) {
            throw refusal(cycle, task, e);
        }
    }

    private static ProcessEngineException refusal(
            String cycle, String task, @org.jspecify.annotations.Nullable Exception cause) {
        return new ProcessEngineException(
                "The retry cycle of task " + task + " is '" + cycle + "'; it must be like R3/PT10S: attempts / pause",
                cause);
    }
}
