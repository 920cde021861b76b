package io.drover.workflow;

import io.drover.operation.OperationProgress;
import io.drover.problem.Names;
import java.util.UUID;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.incident.DefaultIncidentHandler;
import org.camunda.bpm.engine.impl.incident.IncidentContext;
import org.camunda.bpm.engine.runtime.Incident;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Tells an operation of every incident of its process, whatever job has failed. */
@Component
class IncidentNotice extends DefaultIncidentHandler {
    private final ObjectProvider<OperationProgress> progress;

    IncidentNotice(ObjectProvider<OperationProgress> progress) {
        super(Incident.FAILED_JOB_HANDLER_TYPE);
        this.progress = progress;
    }

    @Override
    public Incident handleIncident(IncidentContext context, @Nullable String message) {
        if (context.getExecutionId() != null) {
            var execution =
                    Context.getCommandContext().getExecutionManager().findExecutionById(context.getExecutionId());
            var key = execution == null ? null : execution.getProcessBusinessKey();
            if (key != null && Names.isId(key)) {
                progress.getObject().waiting(UUID.fromString(key), "Incident: " + message);
            }
        }
        return super.handleIncident(context, message);
    }
}
