package io.drover.workflow;

import io.drover.access.Actor;
import io.drover.access.CurrentActor;
import io.drover.operation.OperationProgress;
import io.drover.operation.StepAnswer;
import java.util.List;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.impl.event.EventType;
import org.camunda.bpm.engine.impl.persistence.entity.EventSubscriptionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TimerEntity;
import org.camunda.bpm.engine.impl.pvm.PvmActivity;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Tells an operation of everything that its process, or one that its process has called, waits for and that is no program of
 * Drover's: a step while it lasts, and what the operation waits for, in words.
 */
@Component
class Waits {
    private final ObjectProvider<OperationProgress> progress;
    private final CurrentActor currentActor;

    Waits(ObjectProvider<OperationProgress> progress, CurrentActor currentActor) {
        this.progress = progress;
        this.currentActor = currentActor;
    }

    void personAsked(DelegateTask task) {
        begin(task.getExecution(), task.getId(), name(task), "Task for a person: ");
    }

    /** What people call a task. */
    static String name(DelegateTask task) {
        return task.getName() == null || task.getName().isBlank() ? task.getTaskDefinitionKey() : task.getName();
    }

    void personAnswered(DelegateTask task, StepAnswer answer) {
        var execution = task.getExecution();
        OperationKey.outermost((ExecutionEntity) execution).ifPresent(operation -> progress.getObject()
                .stepAnswered(operation, task.getId(), execution.getCurrentActivityId(), answer));
    }

    /** Nobody need answer any more. */
    void personGone(DelegateTask task) {
        end(task.getExecution(), task.getId(), null);
    }

    /** A worker is asked for something of its topic. */
    void workerAsked(DelegateExecution execution, String topic) {
        begin(execution, "Worker for topic '" + topic + "': ");
    }

    void workerDone(DelegateExecution execution) {
        end(execution, execution.getActivityInstanceId(), "Done by ");
    }

    /** Something must come from outside: a message, a signal, the time. */
    void awaited(DelegateExecution execution) {
        begin(execution, of((ExecutionEntity) execution, true) + ": ");
    }

    /** The first of several things must come. */
    void firstAwaited(DelegateExecution execution) {
        begin(execution, of((ExecutionEntity) execution, false) + ": ");
    }

    void come(DelegateExecution execution) {
        end(execution, execution.getActivityInstanceId(), null);
    }

    /** A process that was called has ended, suspended or not. */
    void calledEnded(DelegateExecution execution) {
        var process = (ExecutionEntity) execution;
        if (process.getSuperExecution() != null && process.isSuspended()) {
            OperationKey.outermost(process)
                    .ifPresent(operation -> progress.getObject().goesOn(operation, WatchedExecutions.visit(process)));
        }
    }

    private void begin(DelegateExecution execution, String what) {
        begin(execution, execution.getActivityInstanceId(), ActivityName.of(execution), what);
    }

    private void begin(DelegateExecution execution, String visit, String name, String what) {
        OperationKey.outermost((ExecutionEntity) execution).ifPresent(operation -> progress.getObject()
                .stepBegun(
                        operation,
                        visit,
                        execution.getCurrentActivityId(),
                        name + called((ExecutionEntity) execution),
                        what + name + called((ExecutionEntity) execution)));
    }

    private void end(DelegateExecution execution, String visit, @Nullable String by) {
        var who = by == null || execution.isCanceled()
                ? null
                : currentActor.get().map(Actor::name).map(by::concat).orElse(null);
        OperationKey.outermost((ExecutionEntity) execution).ifPresent(operation -> progress.getObject()
                .stepEnded(operation, visit, execution.getCurrentActivityId(), who));
    }

    /** In which process it is, when that is not the operation's own. */
    private static String called(ExecutionEntity execution) {
        return execution.getProcessInstance().getSuperExecution() == null
                ? ""
                : " in " + execution.getProcessDefinition().getKey();
    }

    /** @param own whether only what the activity itself waits for counts, not what is on its boundary */
    private static String of(ExecutionEntity execution, boolean own) {
        var id = own ? execution.getActivityId() : null;
        var timers = execution.getJobs().stream()
                .filter(TimerEntity.class::isInstance)
                .filter(job -> id == null || id.equals(job.getActivityId()))
                .map(job -> "Timer until " + job.getDuedate().toInstant());
        var events = execution.getEventSubscriptions().stream()
                .filter(event -> id == null || id.equals(event.getActivityId()))
                .map(Waits::words);
        var all = Stream.concat(timers, events).toList();
        return all.isEmpty() ? kind(execution.getActivity()) : joined(all);
    }

    private static String joined(List<String> all) {
        return all.size() == 1 ? all.get(0) : "The first of " + String.join(", ", all);
    }

    private static String words(EventSubscriptionEntity event) {
        if (event.isSubscriptionForEventType(EventType.MESSAGE)) {
            return "Message '" + event.getEventName() + "'";
        }
        return event.isSubscriptionForEventType(EventType.SIGNAL)
                ? "Signal '" + event.getEventName() + "'"
                : "Condition";
    }

    private static String kind(PvmActivity activity) {
        return "receiveTask".equals(activity.getProperty("type")) ? "Receive task" : "Event";
    }
}
