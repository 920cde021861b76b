package io.drover.workflow;

import io.drover.operation.OperationProgress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.incident.DefaultIncidentHandler;
import org.camunda.bpm.engine.impl.incident.IncidentContext;
import org.camunda.bpm.engine.impl.incident.IncidentHandler;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.IncidentEntity;
import org.camunda.bpm.engine.runtime.Incident;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/** Tells an operation of every incident of its process, or of one that it has called, and of the incident's end. */
final class IncidentNotice extends DefaultIncidentHandler {
    private final ObjectProvider<OperationProgress> progress;

    private IncidentNotice(String type, ObjectProvider<OperationProgress> progress) {
        super(type);
        this.progress = progress;
    }

    /** One for each type there is; people can raise incidents of types that they make up. */
    static Map<String, IncidentHandler> ofAllTypes(ObjectProvider<OperationProgress> progress) {
        return new HashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            public IncidentHandler get(@Nullable Object type) {
                var known = super.get(type);
                return known == null ? new IncidentNotice(String.valueOf(type), progress) : known;
            }
        };
    }

    @Override
    public Incident handleIncident(IncidentContext context, @Nullable String message) {
        var incident = super.handleIncident(context, message);
        nameIfUnnamed(incident);
        execution(context.getExecutionId())
                .ifPresent(execution -> OperationKey.outermost(execution).ifPresent(operation -> {
                    var reason = reason(execution, context, message);
                    if (Incident.EXTERNAL_TASK_HANDLER_TYPE.equals(getIncidentHandlerType())) {
                        progress.getObject().failingAgain(operation, "worker-failed", reason);
                    }
                    progress.getObject().waiting(operation, visit(incident), "Incident: " + reason);
                }));
        return incident;
    }

    @Override
    public void resolveIncident(IncidentContext context) {
        over(context);
        super.resolveIncident(context);
    }

    @Override
    public void deleteIncident(IncidentContext context) {
        over(context);
        super.deleteIncident(context);
    }

    /** The engine finds an incident by its configuration, which people can leave out; it would stay for ever. */
    private static void nameIfUnnamed(Incident incident) {
        if (incident.getConfiguration() == null && incident instanceof IncidentEntity entity) {
            entity.setConfiguration(entity.getId());
        }
    }

    /** The engine ends all that have this configuration at once, whosever they are. */
    private void over(IncidentContext context) {
        Context.getCommandContext()
                .getIncidentManager()
                .findIncidentByConfiguration(context.getConfiguration())
                .forEach(incident -> execution(incident.getExecutionId())
                        .flatMap(OperationKey::outermost)
                        .ifPresent(operation -> progress.getObject().goesOn(operation, visit(incident))));
    }

    private static String visit(Incident incident) {
        return "incident " + incident.getId();
    }

    private static Optional<ExecutionEntity> execution(@Nullable String id) {
        return Optional.ofNullable(id)
                .map(known -> Context.getCommandContext().getExecutionManager().findExecutionById(known));
    }

    /** Begins with the name of the activity that cannot be done. */
    private static String reason(ExecutionEntity execution, IncidentContext context, @Nullable String message) {
        var id = context.getFailedActivityId() == null ? context.getActivityId() : context.getFailedActivityId();
        var activity = id == null ? null : execution.getProcessDefinition().findActivity(id);
        var name = activity == null ? String.valueOf(id) : ActivityName.of(activity);
        var words = message == null || message.isBlank() ? "no reason was given" : message;
        return words.contains(name) ? words : name + ": " + words;
    }
}
