package io.drover.workflow;

import io.drover.extension.wire.Outcome;
import io.drover.extension.wire.Outcome.Refused;
import io.drover.extension.wire.Outcome.Succeeded;
import io.drover.extension.wire.Outcome.Trouble;
import io.drover.operation.Actions;
import io.drover.operation.Actions.Intended.Forbidden;
import io.drover.operation.Actions.Intended.SoAlready;
import io.drover.operation.OperationProgress;
import io.drover.operation.OperationWorkflow.Conclusion;
import io.drover.operation.OperationWorkflow.Way;
import io.drover.operation.TaskRequest;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.UUID;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.Expression;
import org.camunda.bpm.engine.impl.bpmn.behavior.AbstractBpmnActivityBehavior;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.pvm.delegate.ActivityExecution;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.annotation.Scope;
import org.springframework.stereotype.Component;

/**
 * What a service task with {@code camunda:delegateExpression="${extensionExecutor}"} does: it puts an action on the record
 * and waits; the action is run after the commit, and its end leads the process on. A new instance serves each call, since
 * the engine injects the task's fields into it.
 *
 * <p>Fields: {@code verb}; {@code timeout}, an ISO-8601 duration, blank for the extension's own;
 * {@code retry}, e.g. {@code R3/PT10S}, see {@link RetryPolicy}; {@code exhausted}, {@code incident} (default) or
 * {@code error}: what follows when the attempts are used up.
 */
@Component("extensionExecutor")
@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
class ExtensionExecutor extends AbstractBpmnActivityBehavior {
    static final String REFUSED = "extension-refused";
    static final String TROUBLE = "extension-trouble";

    private final Actions actions;
    private final OperationProgress progress;
    private final AttemptJobs jobs;

    @SuppressWarnings("NullAway.Init")
    private Expression verb;

    private @Nullable Expression timeout;
    private @Nullable Expression retry;
    private @Nullable Expression exhausted;

    ExtensionExecutor(Actions actions, OperationProgress progress, AttemptJobs jobs) {
        this.actions = actions;
        this.progress = progress;
        this.jobs = jobs;
    }

    @Override
    public void execute(ActivityExecution execution) {
        int attempt = jobs.attempt(execution);
        if (attempt > 1) {
            progress.goesOn(operation(execution), execution.getActivityInstanceId());
        }
        var intended = actions.intend(new TaskRequest(
                operation(execution),
                value(verb, execution, "verb", ""),
                timeout(execution),
                attempt,
                execution.getCurrentActivityId(),
                ActivityName.of(execution),
                execution.getId(),
                execution.getActivityInstanceId()));
        if (intended instanceof SoAlready already) {
            progress.stepDone(operation(execution), execution.getCurrentActivityId(), name(execution), already.why());
            leave(execution);
        } else if (intended instanceof Forbidden forbidden) {
            progress.stepFailed(
                    operation(execution), execution.getCurrentActivityId(), name(execution), forbidden.why());
            failing(execution, forbidden.code(), forbidden.why());
            throw new BpmnError(REFUSED, forbidden.why());
        }
    }

    @Override
    public void signal(ActivityExecution execution, String signal, Object data) {
        if (!(data instanceof Conclusion conclusion)) {
            throw new ProcessEngineException(
                    "Task " + execution.getCurrentActivityId()
                            + " waits for its extension and cannot be signalled by hand; cancel or retry the operation instead");
        }
        Outcome outcome = conclusion.outcome();
        if (conclusion.attempt() > policy(execution).attempts()) {
            progress.recovered(operation(execution));
        }
        if (conclusion.way() == Way.REPEAT) {
            AttemptJobs.announce(execution, conclusion.attempt());
            execute(execution);
        } else if (outcome instanceof Succeeded || goesOnRegardless(execution, outcome)) {
            leave(execution);
        } else if (conclusion.way() == Way.ASK) {
            ask((ExecutionEntity) execution, conclusion);
        } else if (outcome instanceof Refused refused) {
            failing(execution, refused.code(), refused.message());
            throw new BpmnError(REFUSED, refused.message());
        } else if (outcome instanceof Trouble trouble) {
            again((ExecutionEntity) execution, conclusion.attempt(), trouble);
        } else {
            again((ExecutionEntity) execution, conclusion.attempt(), new Trouble("cancelled", "It was cancelled"));
        }
    }

    private boolean goesOnRegardless(ActivityExecution execution, Outcome outcome) {
        boolean forced = progress.goesOnRegardless(
                operation(execution), execution.getCurrentActivityId(), name(execution), outcome.message());
        if (forced) {
            failing(execution, "forced", outcome.message());
        }
        return forced;
    }

    private void failing(ActivityExecution execution, String code, String message) {
        progress.failing(operation(execution), value(verb, execution, "verb", ""), code, told(execution, message));
    }

    private static String name(ActivityExecution execution) {
        return ActivityName.of(execution);
    }

    private void ask(ExecutionEntity execution, Conclusion conclusion) {
        var trouble = (Trouble) conclusion.outcome();
        var message = told(execution, trouble.message()) + ". Whether it was done is unknown: retry to run it again";
        progress.failingAgain(operation(execution), trouble.code(), message);
        jobs.incident(execution, conclusion.attempt() + 1, message);
    }

    private void again(ExecutionEntity execution, int attempt, Trouble trouble) {
        var operation = operation(execution);
        var policy =
                trouble.code().equals(Trouble.TRY_AGAIN) ? policy(execution).asked() : policy(execution);
        var message = told(execution, trouble.message());
        if (attempt < policy.attempts()) {
            progress.waiting(
                    operation,
                    execution.getActivityInstanceId(),
                    "Attempt " + (attempt + 1) + " of " + policy.attempts() + " after: " + message);
            jobs.schedule(execution, attempt + 1, policy.pause());
        } else if (value(exhausted, execution, "exhausted", "incident").equals("error")) {
            failing(execution, trouble.code(), trouble.message());
            throw new BpmnError(TROUBLE, trouble.message());
        } else {
            progress.failingAgain(operation, trouble.code(), message);
            jobs.incident(execution, attempt + 1, message);
        }
    }

    private RetryPolicy policy(ActivityExecution execution) {
        return RetryPolicy.of((ExecutionEntity) execution, value(retry, execution, "retry", " "));
    }

    private static String told(ActivityExecution execution, String message) {
        return ActivityName.of(execution) + ": " + message;
    }

    private static UUID operation(ActivityExecution execution) {
        return OperationKey.of(execution);
    }

    private @Nullable Duration timeout(ActivityExecution execution) {
        var text = value(timeout, execution, "timeout", " ");
        if (text.isBlank()) {
            return null;
        }
        try {
            var duration = Duration.parse(text);
            if (duration.compareTo(Duration.ofSeconds(1)) >= 0 && duration.compareTo(Duration.ofDays(1)) <= 0) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            throw wrong(execution, "timeout", text, "an ISO-8601 duration of one second to one day, e.g. PT5M", e);
        }
        throw wrong(execution, "timeout", text, "one second to one day", null);
    }

    private static String value(
            @Nullable Expression field, ActivityExecution execution, String name, String otherwise) {
        var value = field == null ? null : field.getValue(execution);
        var text = value == null || value.toString().isBlank()
                ? otherwise
                : value.toString().strip();
        if (text.isEmpty()) {
            throw wrong(execution, name, "", "a verb such as start", null);
        }
        return text;
    }

    private static ProcessEngineException wrong(
            ActivityExecution execution, String field, String value, String allowed, @Nullable Exception cause) {
        return new ProcessEngineException(
                "Field '" + field + "' of task " + execution.getCurrentActivityId() + " is '" + value + "'; it must be "
                        + allowed,
                cause);
    }
}
