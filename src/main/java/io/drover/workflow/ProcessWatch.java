package io.drover.workflow;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ActivityTypes;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.bpmn.behavior.EventBasedGatewayActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.behavior.ExternalTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.behavior.IntermediateCatchEventActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.behavior.ReceiveTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.helper.BpmnProperties;
import org.camunda.bpm.engine.impl.bpmn.parser.ErrorEventDefinition;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ActivityStartBehavior;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.springframework.stereotype.Component;

/**
 * Hooks to a diagram that has been read whole all that an operation is told of: what its process waits for, what it catches, and
 * where it is. Diagrams that are no operations have the same, since an operation may call them.
 */
@Component
class ProcessWatch {
    /** The property of an activity that has the topic of its worker. */
    static final String TOPIC = "droverTopic";

    private static final Map<String, String> CUTTING = Map.ofEntries(
            Map.entry(ActivityTypes.BOUNDARY_TIMER, "Timer"),
            Map.entry(ActivityTypes.START_EVENT_TIMER, "Timer"),
            Map.entry(ActivityTypes.BOUNDARY_MESSAGE, "Message"),
            Map.entry(ActivityTypes.START_EVENT_MESSAGE, "Message"),
            Map.entry(ActivityTypes.BOUNDARY_SIGNAL, "Signal"),
            Map.entry(ActivityTypes.START_EVENT_SIGNAL, "Signal"),
            Map.entry(ActivityTypes.BOUNDARY_ESCALATION, "Escalation"),
            Map.entry(ActivityTypes.START_EVENT_ESCALATION, "Escalation"),
            Map.entry(ActivityTypes.BOUNDARY_CONDITIONAL, "Condition"),
            Map.entry(ActivityTypes.START_EVENT_CONDITIONAL, "Condition"));

    /** The property of a user task that whoever has asked for the operation may not answer. */
    static final String FOUR_EYES = "droverFourEyes";

    private final Waits waits;
    private final Persons persons;
    private final Catches catches;

    ProcessWatch(Waits waits, Persons persons, Catches catches) {
        this.waits = waits;
        this.persons = persons;
        this.catches = catches;
    }

    void over(ProcessDefinitionEntity process) {
        process.addBuiltInListener(ExecutionListener.EVENTNAME_END, (ExecutionListener) waits::calledEnded);
        catchErrors(process, process);
        process.getActivities().forEach(activity -> over(process, activity));
    }

    private void over(ProcessDefinitionEntity process, ActivityImpl activity) {
        on(ExecutionListener.EVENTNAME_START, activity, execution -> CommandNotes.current()
                .at(ActivityName.of(execution)));
        await(activity);
        cutOff(activity);
        catchErrors(process, activity);
        activity.getActivities().forEach(inner -> over(process, inner));
    }

    private void await(ActivityImpl activity) {
        var behavior = activity.getActivityBehavior();
        if (behavior instanceof UserTaskActivityBehavior task) {
            ask(task, Boolean.TRUE.equals(activity.getProperty(FOUR_EYES)));
        } else if (behavior instanceof ExternalTaskActivityBehavior) {
            var topic = Context.getProcessEngineConfiguration()
                    .getExpressionManager()
                    .createExpression(String.valueOf(activity.getProperty(TOPIC)));
            on(
                    ExecutionListener.EVENTNAME_START,
                    activity,
                    execution -> waits.workerAsked(execution, String.valueOf(topic.getValue(execution))));
            on(ExecutionListener.EVENTNAME_END, activity, waits::workerDone);
        } else if (behavior instanceof EventBasedGatewayActivityBehavior) {
            on(ExecutionListener.EVENTNAME_START, activity, waits::firstAwaited);
            on(ExecutionListener.EVENTNAME_END, activity, waits::come);
        } else if (behavior instanceof ReceiveTaskActivityBehavior
                || behavior instanceof IntermediateCatchEventActivityBehavior event
                        && !event.isAfterEventBasedGateway()) {
            on(ExecutionListener.EVENTNAME_START, activity, waits::awaited);
            on(ExecutionListener.EVENTNAME_END, activity, waits::come);
        }
    }

    private void ask(UserTaskActivityBehavior task, boolean fourEyes) {
        var definition = task.getTaskDefinition();
        definition.addBuiltInTaskListener(TaskListener.EVENTNAME_CREATE, asked -> persons.asked(asked, fourEyes));
        definition.addBuiltInTaskListener(TaskListener.EVENTNAME_UPDATE, persons::changed);
        definition.addBuiltInTaskListener(TaskListener.EVENTNAME_COMPLETE, persons::answered);
        definition.addBuiltInTaskListener(TaskListener.EVENTNAME_DELETE, persons::gone);
    }

    /** Errors have codes and words; what else interrupts has a name only. One that the process goes on beside does not count. */
    private void cutOff(ActivityImpl activity) {
        var type = String.valueOf(activity.getProperty("type"));
        boolean timeIsUp = type.equals(ActivityTypes.INTERMEDIATE_EVENT_TIMER)
                && activity.getActivityBehavior() instanceof IntermediateCatchEventActivityBehavior event
                && event.isAfterEventBasedGateway();
        boolean interrupts = activity.getActivityStartBehavior() == ActivityStartBehavior.CANCEL_EVENT_SCOPE
                || activity.getActivityStartBehavior() == ActivityStartBehavior.INTERRUPT_EVENT_SCOPE;
        var kind = timeIsUp ? "Timer" : CUTTING.get(type);
        if (kind != null && (interrupts || timeIsUp)) {
            on(ExecutionListener.EVENTNAME_START, activity, execution -> catches.cutOff(execution, kind));
        }
    }

    private void catchErrors(ProcessDefinitionEntity process, ScopeImpl scope) {
        List<ErrorEventDefinition> caught = scope.getProperties().get(BpmnProperties.ERROR_EVENT_DEFINITIONS);
        caught.forEach(definition -> {
            var handler = process.findActivity(definition.getHandlerActivityId());
            if (handler != null && !handler.isAsyncBefore() && !UncaughtError.is(handler)) {
                CaughtWords.of(definition).readAt(handler, catches);
            }
        });
    }

    static void on(String event, ActivityImpl activity, ExecutionListener listener) {
        activity.addBuiltInListener(event, listener);
    }
}
