package io.drover.workflow;

import org.camunda.bpm.engine.SchemaOperationsCommand;
import org.camunda.bpm.engine.impl.SchemaOperationsProcessEngineBuild;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.jspecify.annotations.Nullable;

/** Lets a server start with another level of history than the last one had, which the engine by itself refuses. */
final class HistoryLevelChange implements SchemaOperationsCommand {
    private static final String PROPERTY = "historyLevel";

    private final SchemaOperationsProcessEngineBuild tables = new SchemaOperationsProcessEngineBuild();

    @Override
    public @Nullable Void execute(CommandContext context) {
        tables.execute(context);
        var known = context.getPropertyManager().findPropertyById(PROPERTY);
        if (known != null) {
            var wanted = context.getProcessEngineConfiguration().getHistoryLevel();
            known.setValue(String.valueOf(wanted.getId()));
        }
        return null;
    }
}
